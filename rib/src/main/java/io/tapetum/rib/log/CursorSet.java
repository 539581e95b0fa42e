package io.tapetum.rib.log;

import io.netty.util.collection.IntObjectHashMap;

/** The open cursors of a log, by peer. Guarded by the lock of the log. */
final class CursorSet {

    /** A peer's cursors are a chain: there is more than one only while a session takes over from another. */
    private final IntObjectHashMap<LogCursor> byPeer = new IntObjectHashMap<>();
    private int size;

    int size() {
        return size;
    }

    void add(LogCursor cursor) {
        cursor.nextOfPeer = byPeer.get(cursor.peerId());
        byPeer.put(cursor.peerId(), cursor);
        size++;
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
        size--;
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
        for (LogCursor head : byPeer.values()) {
            for (LogCursor cursor = head; cursor != null; cursor = cursor.nextOfPeer) {
                if (cursor.segment().first <= number) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether some cursor is going to read on, or reads on now, behind the segment that ends with this number. */
    boolean needBoundary(long number) {
        for (LogCursor head : byPeer.values()) {
            for (LogCursor cursor = head; cursor != null; cursor = cursor.nextOfPeer) {
                if (cursor.needsBoundary(number)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How many messages of the segment all cursors have passed. */
    int passedByAll(LogSegment segment) {
        int passed = Integer.MAX_VALUE;
        for (LogCursor head : byPeer.values()) {
            for (LogCursor cursor = head; cursor != null; cursor = cursor.nextOfPeer) {
                passed = Math.min(passed, cursor.messagesPassed(segment));
            }
        }
        return passed;
    }
}
