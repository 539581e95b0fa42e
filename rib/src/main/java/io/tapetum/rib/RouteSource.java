package io.tapetum.rib;

/**
 * The session a path came from: what the decision process and the reflection rules must know of it. Every Established
 * session has its own; {@link #peerId} is what a peer's successive sessions have in common.
 *
 * @param peerId identifies the peer as long as the process lives; never given to another peer
 * @param session counts the peer's Established sessions
 * @param kind the peer's part in reflection
 * @param bgpIdentifier from the peer's OPEN, network order
 * @param addressHigh first half of the peer's IPv6 or IPv4-mapped IPv6 address, for the last tie-break
 * @param addressLow second half
 * @param clusterId the cluster the peer belongs to; meaningful for clients only
 * @param nextHopSelf whether internal peers get the routes with our address as next hop; for external peers only
 */
public record RouteSource(int peerId, int session, Kind kind, int bgpIdentifier, long addressHigh, long addressLow,
        int clusterId, boolean nextHopSelf) {

    /** A source whose routes keep their next hop. */
    public RouteSource(int peerId, int session, Kind kind, int bgpIdentifier, long addressHigh, long addressLow,
            int clusterId) {
        this(peerId, session, kind, bgpIdentifier, addressHigh, addressLow, clusterId, false);
    }

    /** Whether neither the decision nor what is reflected depends on which of the two sessions of a peer a path is from. */
    boolean looksLike(RouteSource other) {
        return kind == other.kind && bgpIdentifier == other.bgpIdentifier && addressHigh == other.addressHigh
                && addressLow == other.addressLow && clusterId == other.clusterId && nextHopSelf == other.nextHopSelf;
    }

    /** A peer's part in reflection (RFC 4456 §6). */
    public enum Kind {
        CLIENT, NON_CLIENT, EXTERNAL;

        /** Whether the peer has the same AS number. */
        public boolean isInternal() {
            return this != EXTERNAL;
        }
    }
}
