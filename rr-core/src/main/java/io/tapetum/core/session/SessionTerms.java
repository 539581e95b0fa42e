package io.tapetum.core.session;

import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.update.UpdateContext;

/** What a session's settings and negotiation mean to the tables and to the codec. */
final class SessionTerms {

    /** What stands before the IPv4 address in the last 64 bits of an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2). */
    private static final long IPV4_MAPPED = 0xFFFF_0000_0000L;

    private SessionTerms() {}

    /**
     * The session as the source of routes.
     *
     * @param session counts the peer's Established sessions
     */
    static RouteSource source(int peerId, int session, PeerSettings settings, Negotiated agreed) {
        PeerTemplate template = settings.template();
        NextHop address = NextHop.of(settings.address());
        long high = address.ipv6() ? address.high() : 0;
        long low = address.ipv6() ? address.low() : IPV4_MAPPED | Integer.toUnsignedLong(address.ipv4Address());
        RouteSource.Kind kind = switch (template.role()) {
            case CLIENT -> RouteSource.Kind.CLIENT;
            case NON_CLIENT -> RouteSource.Kind.NON_CLIENT;
            case EXTERNAL -> RouteSource.Kind.EXTERNAL;
        };
        boolean nextHopSelf = kind == RouteSource.Kind.EXTERNAL
                && template.external().nextHopToInternal() == NextHopMode.SELF;
        return new RouteSource(peerId, session, kind, agreed.peerIdentifier(), high, low, template.clusterId(),
                nextHopSelf);
    }

    /** How the session's UPDATEs read. */
    static UpdateContext updateContext(PeerSettings settings, Negotiated agreed, ReflectorSettings reflector) {
        ExternalPolicy policy = settings.template().external();
        // RFC 4271 §5.1.5: an internal peer's own LOCAL_PREF counts, an external peer has none to give.
        long localPref = agreed.internal() ? UpdateContext.DEFAULT_LOCAL_PREF : policy.localPref();
        return new UpdateContext(agreed.internal(), agreed.peerAs(), agreed.families(), agreed.addPathReceive(),
                agreed.fourOctetAs(), agreed.extendedNextHop(), localPref, policy.enforceFirstAs(),
                reflector.loopbackNextHops());
    }
}
