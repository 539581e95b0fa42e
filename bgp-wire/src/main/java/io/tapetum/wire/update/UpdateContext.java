package io.tapetum.wire.update;

import java.util.Set;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeRules;

/**
 * What a session settled when it was opened, as far as it changes how an UPDATE reads. Start from {@link #internal} or
 * {@link #external} and change what differs.
 *
 * @param internal whether the peer is in our AS
 * @param peerAs AS number of the peer, 1 to 2^32 - 1
 * @param families families that both sides announced; IPv4 unicast is in it for a peer without capabilities too
 * @param addPathReceive families whose NLRI come with path identifiers (RFC 7911 §4)
 * @param fourOctetAs whether AS numbers take four octets (RFC 6793 §4.1)
 * @param extendedNextHop whether IPv4 NLRI may have an IPv6 next hop (RFC 8950 §4)
 * @param defaultLocalPref LOCAL_PREF of routes from external peers, and of those that come without, 0 to 2^32 - 1
 * @param enforceFirstAs whether the leftmost AS of an external peer's path must be the peer's (RFC 4271 §6.3)
 * @param allowLoopbackNextHop whether next hops in 127.0.0.0/8 and {@code ::1} are usable, for networks on one host
 */
public record UpdateContext(boolean internal, long peerAs, Set<Family> families, Set<Family> addPathReceive,
        boolean fourOctetAs, boolean extendedNextHop, long defaultLocalPref, boolean enforceFirstAs,
        boolean allowLoopbackNextHop) {

    /** LOCAL_PREF that routes get unless something says otherwise. */
    public static final long DEFAULT_LOCAL_PREF = 100;

    public UpdateContext {
        families = Set.copyOf(families);
        addPathReceive = Set.copyOf(addPathReceive);
    }

    /** An internal peer with four-octet AS numbers and these families, nothing else negotiated. */
    public static UpdateContext internal(long as, Set<Family> families) {
        return new UpdateContext(true, as, families, Set.of(), true, false, DEFAULT_LOCAL_PREF, false, false);
    }

    /** An external peer with four-octet AS numbers and these families, whose AS must lead its paths. */
    public static UpdateContext external(long peerAs, Set<Family> families) {
        return new UpdateContext(false, peerAs, families, Set.of(), true, false, DEFAULT_LOCAL_PREF, true, false);
    }

    public UpdateContext withAddPathReceive(Set<Family> value) {
        return new UpdateContext(internal, peerAs, families, value, fourOctetAs, extendedNextHop, defaultLocalPref,
                enforceFirstAs, allowLoopbackNextHop);
    }

    public UpdateContext withFourOctetAs(boolean value) {
        return new UpdateContext(internal, peerAs, families, addPathReceive, value, extendedNextHop, defaultLocalPref,
                enforceFirstAs, allowLoopbackNextHop);
    }

    public UpdateContext withExtendedNextHop(boolean value) {
        return new UpdateContext(internal, peerAs, families, addPathReceive, fourOctetAs, value, defaultLocalPref,
                enforceFirstAs, allowLoopbackNextHop);
    }

    public UpdateContext withDefaultLocalPref(long value) {
        return new UpdateContext(internal, peerAs, families, addPathReceive, fourOctetAs, extendedNextHop, value,
                enforceFirstAs, allowLoopbackNextHop);
    }

    public UpdateContext withEnforceFirstAs(boolean value) {
        return new UpdateContext(internal, peerAs, families, addPathReceive, fourOctetAs, extendedNextHop,
                defaultLocalPref, value, allowLoopbackNextHop);
    }

    public UpdateContext withAllowLoopbackNextHop(boolean value) {
        return new UpdateContext(internal, peerAs, families, addPathReceive, fourOctetAs, extendedNextHop,
                defaultLocalPref, enforceFirstAs, value);
    }

    /** The part that concerns attributes. */
    AttributeRules attributeRules() {
        return new AttributeRules(internal, peerAs, fourOctetAs, defaultLocalPref, enforceFirstAs,
                allowLoopbackNextHop);
    }
}
