package io.tapetum.rib.log;

import java.util.Arrays;
import java.util.Objects;

import io.netty.util.collection.IntObjectHashMap;
import org.jspecify.annotations.Nullable;

/** The open cursors of a log. Allocates only to grow. Guarded by the lock of the log. */
final class CursorSet {

    /** A peer's cursors are a chain: there is more than one only while a session takes over from another. */
    private final IntObjectHashMap<LogCursor> byPeer = new IntObjectHashMap<>();
    /** All of them, in any order: to walk a map takes an iterator. */
    private @Nullable LogCursor[] all = new @Nullable LogCursor[8];
    private int size;

    int size() {
        return size;
    }

    void add(LogCursor cursor) {
        cursor.nextOfPeer = byPeer.get(cursor.peerId());
        byPeer.put(cursor.peerId(), cursor);
        if (size == all.length) {
            all = Arrays.copyOf(all, size * 2);
        }
        cursor.placeInSet = size;
        all[size++] = cursor;
    }

    void remove(LogCursor cursor) {
        LogCursor head = byPeer.get(cursor.peerId());
        if (head == cursor) {
            if (cursor.nextOfPeer == null) {
                byPeer.remove(cursor.peerId());
            } else {
                byPeer.put(cursor.peerId(), cursor.nextOfPeer);
            }
        } else {
            LogCursor before = head;
            while (before != null && before.nextOfPeer != cursor) {
                before = before.nextOfPeer;
            }
            if (before == null) {
                throw new IllegalStateException("a cursor of peer " + cursor.peerId() + " is not in its log");
            }
            before.nextOfPeer = cursor.nextOfPeer;
        }
        LogCursor last = cursor(--size);
        last.placeInSet = cursor.placeInSet;
        all[cursor.placeInSet] = last;
        all[size] = null;
    }

    private LogCursor cursor(int place) {
        return Objects.requireNonNull(all[place]);
    }

    /** Whether all cursors of the peer have passed the message; of no cursors, all have. */
    boolean passedByPeer(int peerId, LogSegment segment, int message) {
        for (LogCursor cursor = byPeer.get(peerId); cursor != null; cursor = cursor.nextOfPeer) {
            if (!cursor.hasPassed(segment, message)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all cursors are in segments after this number. */
    boolean areBeyond(long number) {
        for (int i = 0; i < size; i++) {
            if (cursor(i).segment().first <= number) {
                return false;
            }
        }
        return true;
    }

    /** Whether some cursor is going to read on, or reads on now, behind the segment that ends with this number. */
    boolean needBoundary(long number) {
        for (int i = 0; i < size; i++) {
            if (cursor(i).needsBoundary(number)) {
                return true;
            }
        }
        return false;
    }

    /** How many messages of the segment all cursors have passed. */
    int passedByAll(LogSegment segment) {
        int passed = Integer.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            passed = Math.min(passed, cursor(i).messagesPassed(segment));
        }
        return passed;
    }
}
