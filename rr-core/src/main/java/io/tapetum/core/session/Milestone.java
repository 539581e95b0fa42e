package io.tapetum.core.session;

import io.tapetum.rib.log.LogCursor;

/**
 * A place in the log behind which a peer has everything there was when the place was marked. Confined to the session's
 * event loop.
 *
 * <p>A route that changes while it is waited for moves towards the tail, past the mark, and the peer would be told that it
 * has everything when that route is still to come. So a mark that was passed short of the tail is moved to the tail; a
 * peer that never catches up with a table that never rests is told all the same in the end.
 */
final class Milestone {

    private static final int MOVES = 16;

    private static final long NONE = -1;

    private long mark = NONE;
    private int moves;

    boolean isSet() {
        return mark != NONE;
    }

    /** Marks the tail of this moment. */
    void set(LogCursor cursor) {
        mark = cursor.tail();
        moves = 0;
    }

    /** Whether the cursor has come that far; then the mark is gone. */
    boolean reached(LogCursor cursor) {
        if (mark == NONE || !cursor.passed(mark)) {
            return false;
        }
        if (cursor.atTail() || moves == MOVES) {
            mark = NONE;
            return true;
        }
        moves++;
        mark = cursor.tail();
        return false;
    }
}
