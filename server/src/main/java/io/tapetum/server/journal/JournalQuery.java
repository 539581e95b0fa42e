package io.tapetum.server.journal;

import org.jspecify.annotations.Nullable;

/**
 * Which events somebody wants to see. A number that is out of its range is refused with an
 * {@link IllegalArgumentException}, whose message may be shown to whoever asked.
 *
 * @param after only those with greater sequence numbers than this, at least 0
 * @param before only those with smaller sequence numbers than this, at least 1; {@link Long#MAX_VALUE} for any
 * @param limit how many at most, 1 to {@value #MOST}
 * @param peer the name of a peer or an address, in any notation, that they are about; {@code null} for anybody
 * @param atLeast the least severity
 * @param kind their kind, or {@code null} for any; there are none of a kind that does not exist
 * @param order which come first, and are not left out if there are more than the limit
 */
public record JournalQuery(long after, long before, int limit, @Nullable String peer, Severity atLeast,
        @Nullable String kind, Order order) {

    /** How many events one answer may have. */
    public static final int MOST = 1000;

    /** Which events come first. */
    public enum Order {
        /** To follow what happens: go on after {@link JournalPage#last}, or if there is more, after the last entry. */
        OLDEST_FIRST,
        /** To look back: go on before the last entry, if there is more. */
        NEWEST_FIRST
    }

    public JournalQuery {
        if (after < 0) {
            throw new IllegalArgumentException("after has to be 0 or a sequence number");
        }
        if (before < 1) {
            throw new IllegalArgumentException("before has to be a sequence number, so 1 at least");
        }
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("the limit has to be from 1 to " + MOST);
        }
    }
}
