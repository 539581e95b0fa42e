package io.tapetum.core.settings;

/**
 * How routes cross the border of the AS (RFC 4271 §5.1).
 *
 * @param nextHop what NEXT_HOP says on routes sent to the external peer
 * @param nextHopToInternal what NEXT_HOP says on the external peer's routes when they are sent to internal peers
 * @param sendMed whether MULTI_EXIT_DISC of routes that another AS set goes to the external peer
 * @param localPref LOCAL_PREF given to the external peer's routes, 0 to 2^32 - 1
 * @param enforceFirstAs whether AS_PATH must begin with the peer's AS number (RFC 4271 §6.3)
 */
public record ExternalPolicy(NextHopMode nextHop, NextHopMode nextHopToInternal, boolean sendMed, long localPref,
        boolean enforceFirstAs) {

    /** What happens to NEXT_HOP. */
    public enum NextHopMode {
        /** It becomes the local address of the session the route is sent on. */
        SELF,
        /** It stays. */
        KEEP
    }
}
