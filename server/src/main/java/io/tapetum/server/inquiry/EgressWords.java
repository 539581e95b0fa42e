package io.tapetum.server.inquiry;

import io.tapetum.core.reflection.EgressVerdict;
import io.tapetum.core.settings.PeerSettings;

/** Why a path is not told to a peer, in words, and what can be done about it. */
final class EgressWords {

    private EgressWords() {}

    /**
     * Why, as the end of "the path from {@code from} ...".
     *
     * @param verdict other than that it is told
     * @param from the name of whom the path comes from
     * @param to who is not told of it
     */
    static String why(EgressVerdict verdict, String from, PeerSettings to) {
        String name = to.name();
        return switch (verdict) {
            case ADMITTED -> "may be passed on to " + name;
            case NO_ADVERTISE -> "has the community no-advertise, so that nobody is told of it (RFC 1997)";
            case LONG_LIVED_STALE -> "is long-lived stale, and " + name
                    + " has not announced Long-Lived Graceful Restart, so that it would take it for a fresh one"
                    + " (RFC 9494 §4.3)";
            case NEXT_HOP -> "has a next hop that " + name + " could not read on this session (RFC 8950 §4)";
            case CLIENT_TO_CLIENT -> "comes from a client of the same cluster as " + name
                    + ", and client-to-client is off for it (RFC 4456 §10)";
            case NON_CLIENT_TO_NON_CLIENT -> "comes from a non-client, and so is " + name
                    + ": what a non-client says is passed on to clients only (RFC 4456 §6)";
            case NO_EXPORT -> "has the community no-export, and " + name + " is in another AS (RFC 1997)";
            case NO_EXPORT_SUBCONFED -> "has the community no-export-subconfed, and " + name
                    + " is in another AS (RFC 1997)";
        };
    }

    /** What can be done. */
    static String advice(EgressVerdict verdict, String from, PeerSettings to) {
        String name = to.name();
        return switch (verdict) {
            case ADMITTED -> "";
            case NO_ADVERTISE, NO_EXPORT, NO_EXPORT_SUBCONFED ->
                "If " + name + " is to have it, let " + from + " announce it without that community";
            case LONG_LIVED_STALE -> "Bring " + from + " back, or let " + name + " announce that capability";
            case NEXT_HOP -> "Let " + name + " offer extended next hops (RFC 8950), or let " + from
                    + " announce a next hop of the prefix's own family";
            case CLIENT_TO_CLIENT ->
                "Its clients are expected to have sessions with each other; if they have not, turn client-to-client on";
            case NON_CLIENT_TO_NON_CLIENT -> "Give " + from + " and " + name
                    + " a session with each other, or make one of them a client";
        };
    }
}
