package io.tapetum.core.session;

/**
 * A session's routes of one family at one moment. What a session did is counted from when it came up. Each number is right
 * by itself, but a moment may lie between two of them.
 *
 * @param imported paths of the peer that are in the table
 * @param exported prefixes that the peer's update group announces at present. The group's log says no more: of those the
 *            peer announced itself it is not sent any, and of the others it may not have got the last yet
 * @param announced prefixes the peer has announced, each time it did
 * @param refused of these, those that may not be used: their attributes were malformed (RFC 7606 §2) or had come in a loop
 *            (RFC 4456 §8)
 * @param repeated of these, those that changed nothing
 * @param withdrawn prefixes the peer has withdrawn
 * @param unknown of these, those it had not announced
 */
public record RouteCounts(int imported, int exported, long announced, long refused, long repeated, long withdrawn,
        long unknown) {

    /** Announcements that took a place in the table. */
    public long accepted() {
        return announced - refused - repeated;
    }

    /** Withdrawals that took something out of the table. */
    public long removed() {
        return withdrawn - unknown;
    }
}
