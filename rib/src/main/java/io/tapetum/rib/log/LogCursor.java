package io.tapetum.rib.log;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * How far one session has read its group's log. For one thread, the session's event loop, from first use to
 * {@link #close}; appends by other threads may happen at any time.
 *
 * <p>What a cursor hands out, message by message, brings a peer from what it held at the cursor's place to what the log
 * announces at the tail, less the routes that were learned from that peer.
 */
public final class LogCursor {

    private static final int MESSAGE_BITS = 20;

    private final OutboundLog log;
    private final int peerId;

    /** The next cursor of the same peer; guarded by the log's lock. */
    @Nullable
    LogCursor nextOfPeer;
    /** Where the log's set of cursors has it; guarded by the log's lock. */
    int placeInSet;

    /** Written by the owner under the log's lock: read freely by the owner, by others under the lock. */
    private LogSegment segment;
    /**
     * Messages of the segment that have been handed out. Volatile: appenders ask how far the cursor certainly is; written
     * only after the messages have been handed over.
     */
    private volatile int index;
    /**
     * Octets that had been appended to the log before what stands at the cursor. Plain, because every flush writes it: what
     * others read is at least what it was when they last saw the index move, and on a machine of 64 bits no long is ever half
     * written.
     */
    private long place;
    /** Withdrawals that stand before this mark tell the peer nothing it does not know. */
    private long quietUntil;
    /** Written by the owner; others may see it a little later. */
    private boolean closed;

    LogCursor(OutboundLog log, int peerId, LogSegment head, long quietUntil) {
        this.log = log;
        this.peerId = peerId;
        this.segment = head;
        this.place = head.base;
        this.quietUntil = quietUntil;
        head.enter();
    }

    /** The peer whose own routes this cursor leaves out. */
    public int peerId() {
        return peerId;
    }

    /** Whether everything appended so far has been handed out. */
    public boolean atTail() {
        LogSegment current = segment;
        if (closed) {
            return true;
        }
        // In this order: what stands behind a segment that is seen unsealed was appended after this call began.
        boolean last = !current.isSealed() || log.isClosed();
        return last && index == current.published();
    }

    /**
     * Hands out what stands between the cursor and the tail, and moves the cursor behind it. Allocation-free, but where a
     * withdrawal takes the place of a message for its source.
     *
     * @param maxBytes after which to stop; one message is handed out however long it is
     * @return octets handed out; less than {@code maxBytes} can be, and 0 is, only at the tail or because the next
     *         message does not fit
     */
    public int gather(SliceSink sink, int maxBytes) {
        int gathered = 0;
        while (!closed) {
            LogSegment current = segment;
            if (current.isDetached() && index == 0 && log.enterReplacement(this)) {
                // Nothing of it had been read yet, and what replaced it is shorter.
                continue;
            }
            int limit = current.published();
            gathered = gather(current, limit, sink, maxBytes, gathered);
            if (index < limit || !current.isSealed()) {
                break;
            }
            // Once the seal is seen, the published count is final; messages may have come before the seal.
            if (index == current.published() && !log.enterNext(this)) {
                break;
            }
        }
        return gathered;
    }

    private int gather(LogSegment current, int limit, SliceSink sink, int maxBytes, int alreadyGathered) {
        MessageTable table = current.messages();
        int gathered = alreadyGathered;
        int at = index;
        int run = at;
        while (at < limit) {
            boolean withdrawInstead = false;
            boolean skip = table.live[at] == 0;
            if (!skip) {
                byte kind = table.kind[at];
                if (table.source[at] == peerId && kind != MessageKind.WITHDRAW_UNCLEAN) {
                    withdrawInstead = kind == MessageKind.ANNOUNCE_UNCLEAN && !isQuiet(current, at);
                    skip = !withdrawInstead;
                } else {
                    skip = MessageKind.withdraws(kind) && isQuiet(current, at);
                }
            }
            int octets = skip ? 0 : table.offset[at + 1] - table.offset[at];
            if (gathered > 0 && octets > 0 && gathered + octets > maxBytes) {
                break;
            }
            if (skip || withdrawInstead) {
                hand(current, table, run, at, sink);
                run = at + 1;
            }
            if (withdrawInstead) {
                octets = handWithdrawal(current, table.offset[at], table.offset[at + 1], sink);
            }
            gathered += octets;
            at++;
        }
        hand(current, table, run, at, sink);
        if (at > 0) {
            place = current.base + table.offset[at];
        }
        index = at;
        return gathered;
    }

    private static void hand(LogSegment current, MessageTable table, int from, int to, SliceSink sink) {
        if (from < to) {
            sink.add(current.buffer, table.offset[from], table.offset[to] - table.offset[from], to - from);
        }
    }

    private int handWithdrawal(LogSegment current, int start, int end, SliceSink sink) {
        ByteBuf withdrawal = log.withdrawalOf(current.buffer, start, end);
        try {
            sink.add(withdrawal, 0, withdrawal.readableBytes(), 1);
            return withdrawal.readableBytes();
        } finally {
            withdrawal.release();
        }
    }

    /**
     * The tail of this moment, as a mark for {@link #passed}. End-of-RIB is due when a cursor that has just joined or
     * been rewound has passed it (RFC 4724 §2).
     */
    public long tail() {
        return log.tailMark();
    }

    /** Whether everything that was appended before the mark was taken has been handed out. */
    public boolean passed(long mark) {
        LogSegment current = segment;
        long number = mark >>> MESSAGE_BITS;
        if (current.first > number || closed) {
            return true;
        }
        if (current.original && current.first == number) {
            return index >= (int) (mark & ((1 << MESSAGE_BITS) - 1));
        }
        // In a segment that was rewritten, or is an older one: only its end says something for certain.
        return current.last >= number && current.isSealed() && index == current.published();
    }

    /** Goes back to the head, to hand out everything once more (RFC 2918 §4). */
    public void rewind() {
        if (!closed) {
            log.rewind(this);
        }
    }

    /**
     * About how many octets are still to be handed out: an estimate, too high when a part of them has died. Callable by any
     * thread, also when the cursor is closed; waits for nobody.
     */
    public long lagOctets() {
        // In this order: a cursor that is at the tail is not taken for one that is behind what comes meanwhile.
        long appended = log.appended();
        return closed ? 0 : Math.max(0, appended - place);
    }

    /** Called by the owner. */
    long place() {
        return place;
    }

    /** What the log says last of a prefix, with this path identifier; {@code null} if it says nothing. */
    public @Nullable LogEntry entryOf(long high, long low, int length, int pathId) {
        return log.entryFor(this, high, low, length, pathId);
    }

    /** Leaves the log. Closing twice is allowed. */
    public void close() {
        if (!closed) {
            closed = true;
            log.leave(this);
        }
    }

    // ---- called with the log's lock held

    LogSegment segment() {
        return segment;
    }

    void enter(LogSegment next) {
        LogSegment left = segment;
        next.enter();
        place = next.base;
        index = 0;
        segment = next;
        left.leave();
    }

    void setQuietUntil(long mark) {
        quietUntil = mark;
    }

    /** The cursor's place as a mark; at or before the place, where it is inside a rewritten segment. */
    long mark() {
        return segment.original ? mark(segment.first, index) : mark(segment.first, 0);
    }

    static long mark(long number, int message) {
        return number << MESSAGE_BITS | message;
    }

    /**
     * Whether the message has certainly been handed out or skipped. A cursor inside a segment has passed all segments
     * with lower numbers, in whatever form they stand in the log by now; of a segment that replaced the one it is
     * inside, nothing is certain.
     */
    boolean hasPassed(LogSegment other, int message) {
        return messagesPassed(other) > message;
    }

    /** Whether the cursor is inside a segment that ends with this number, or stands behind that. */
    boolean needsBoundary(long number) {
        return segment.last == number || (index == 0 && segment.first == number + 1);
    }

    int messagesPassed(LogSegment other) {
        if (segment == other) {
            return index;
        }
        return segment.first > other.last ? Integer.MAX_VALUE : 0;
    }

    private boolean isQuiet(LogSegment current, int message) {
        long number = quietUntil >>> MESSAGE_BITS;
        return current.last < number
                || (current.original && current.last == number && mark(number, message) < quietUntil);
    }
}
