package io.tapetum.wire.attribute;

/**
 * What a session's attributes are held to.
 *
 * @param internal whether the peer is in our AS: RFC 7606 §7 judges LOCAL_PREF, ORIGINATOR_ID and CLUSTER_LIST by it
 * @param peerAs AS number of the peer, 1 to 2^32 - 1
 * @param fourOctetAs whether AS numbers take four octets on this session (RFC 6793 §4.1)
 * @param defaultLocalPref LOCAL_PREF of routes that come without one that counts, 0 to 2^32 - 1
 * @param enforceFirstAs whether the leftmost AS of an external peer's path must be the peer's (RFC 4271 §6.3)
 * @param allowLoopbackNextHop whether next hops in 127.0.0.0/8 and {@code ::1} are usable
 */
public record AttributeRules(boolean internal, long peerAs, boolean fourOctetAs, long defaultLocalPref,
        boolean enforceFirstAs, boolean allowLoopbackNextHop) {

    /** Octets of an AS number in AS_PATH and AGGREGATOR: 2 or 4. */
    int asOctets() {
        return fourOctetAs ? 4 : 2;
    }
}
