package io.tapetum.core.reflection;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeEditor;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * Which best paths an update group gets, and how their attributes are rewritten for it. Immutable; the hot methods
 * allocate nothing.
 */
final class EgressRules {

    private final GroupKey key;

    EgressRules(GroupKey key) {
        this.key = key;
    }

    /**
     * Whether the group's sessions are told of a best path from this source, with these attributes. The session it came
     * from is a member like any other here; the log leaves it out.
     */
    boolean admits(RouteSource source, PathAttributes attributes) {
        return verdict(source, attributes) == EgressVerdict.ADMITTED;
    }

    /** The same, and which rule says so. */
    EgressVerdict verdict(RouteSource source, PathAttributes attributes) {
        if (attributes.has(PathAttributes.NO_ADVERTISE)) {
            return EgressVerdict.NO_ADVERTISE; // RFC 1997: to no peer at all
        }
        if (attributes.has(PathAttributes.LLGR_STALE) && !key.longLived()) {
            // RFC 9494 §4.3: who does not know the community would take the route for a fresh one
            return EgressVerdict.LONG_LIVED_STALE;
        }
        if (nextHop(source, attributes) == null) {
            return EgressVerdict.NEXT_HOP;
        }
        return switch (key.role()) {
            // RFC 4456 §6: everybody's routes go to clients; §10: other clients' only if this cluster wants that
            case CLIENT -> source.kind() != RouteSource.Kind.CLIENT || key.clientToClient()
                    || source.clusterId() != key.clusterId() ? EgressVerdict.ADMITTED : EgressVerdict.CLIENT_TO_CLIENT;
            // RFC 4456 §6: a non-client is in the full mesh and hears other non-clients itself
            case NON_CLIENT -> source.kind() != RouteSource.Kind.NON_CLIENT
                    ? EgressVerdict.ADMITTED
                    : EgressVerdict.NON_CLIENT_TO_NON_CLIENT;
            // RFC 1997
            case EXTERNAL -> attributes.has(PathAttributes.NO_EXPORT)
                    ? EgressVerdict.NO_EXPORT
                    : attributes.has(PathAttributes.NO_EXPORT_SUBCONFED)
                            ? EgressVerdict.NO_EXPORT_SUBCONFED
                            : EgressVerdict.ADMITTED;
        };
    }

    /** The next hop this path is sent with, or {@code null} if the group's sessions could not understand any. */
    @Nullable
    NextHop nextHop(RouteSource source, PathAttributes attributes) {
        NextHop nextHop = replacesNextHop(source) ? key.selfNextHop() : attributes.nextHop();
        if (nextHop == null) {
            return null;
        }
        boolean speakable = key.family() == Family.IPV4_UNICAST
                ? !nextHop.ipv6() || key.ipv6NextHops() // RFC 8950 §4
                : nextHop.ipv6();
        return speakable ? nextHop : null;
    }

    private boolean replacesNextHop(RouteSource source) {
        if (key.role() == PeerRole.EXTERNAL) {
            return !key.keepNextHop();
        }
        // RFC 4456 §10: the next hop of a reflected route is never touched, only that of one from another AS
        return source.kind() == RouteSource.Kind.EXTERNAL && source.nextHopSelf();
    }

    /**
     * Writes the attribute block of an admitted path, without MP_REACH_NLRI.
     *
     * @return the next hop the path is sent with
     */
    NextHop write(RouteSource source, PathAttributes attributes, AttributeEditor editor, ByteBuf out) {
        NextHop nextHop = nextHop(source, attributes);
        if (nextHop == null) {
            throw new IllegalArgumentException("the path is not admitted");
        }
        editor.reset();
        if (!key.fourOctetAs()) {
            editor.twoOctetAs();
        }
        editor.nextHop(nextHop);
        if (!key.multiprotocol()) {
            editor.includeNextHop();
        }
        if (key.role() == PeerRole.EXTERNAL) {
            editor.prependAs(key.localAs());
            editor.stripLocalPref(); // RFC 4271 §5.1.5
            editor.stripReflection(); // RFC 4456 §8: both are non-transitive
            if (!key.sendMed() && !isOfOurAs(source, attributes)) {
                editor.stripMed(); // RFC 4271 §5.1.4: another AS's MED goes no further
            }
        } else if (source.kind().isInternal()) {
            reflect(source, editor);
        }
        editor.write(attributes, out);
        return nextHop;
    }

    /** Whether the route began in our AS, so that its MED is our own: nothing stands in its AS_PATH yet. */
    private static boolean isOfOurAs(RouteSource source, PathAttributes attributes) {
        return source.kind().isInternal() && attributes.asPathLength() == 0;
    }

    /** RFC 4456 §8, for a route from one internal peer to another. */
    private void reflect(RouteSource source, AttributeEditor editor) {
        editor.originatorId(source.bgpIdentifier());
        boolean fromClient = source.kind() == RouteSource.Kind.CLIENT;
        if (!fromClient) {
            editor.prependCluster(key.clusterId());
        } else if (key.role() == PeerRole.CLIENT && source.clusterId() != key.clusterId()) {
            // Between two clusters of one reflector the route passes both, or it could loop through either.
            editor.prependClusters(key.clusterId(), source.clusterId());
        } else {
            editor.prependCluster(source.clusterId());
        }
    }
}
