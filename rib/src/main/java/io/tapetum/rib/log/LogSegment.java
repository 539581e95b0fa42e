package io.tapetum.rib.log;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A run of whole messages in one buffer. Guarded by the lock of the log, but for what readers see of published messages:
 * the buffer's octets and the message table.
 *
 * <p>Segments are numbered in the order of the log. A segment that replaces others, in their place, covers their
 * numbers.
 */
final class LogSegment {

    private static final int MIN_MESSAGES = 8;

    /** The first and the last number this segment covers. */
    final long first;
    final long last;
    /** Whether messages were appended to it one by one, rather than rewritten from older segments. */
    final boolean original;
    /** Octets appended to the log before this segment was begun. */
    final long base;
    final ByteBuf buffer;

    private final SegmentMemory memory;
    private MessageTable messages;
    private int count;
    /** Volatile, and written last: who reads it sees the table and the octets of that many messages. */
    private volatile int published;
    /** Volatile: who sees it set sees the final published count. */
    private volatile boolean sealed;
    /** Volatile: tells a reader that has not begun with this segment that there is a better one. */
    private volatile boolean detached;

    @Nullable
    LogSegment previous;
    @Nullable
    LogSegment next;

    /** Cursors inside. */
    int cursors;
    /** Octets that rewriting would keep, at most. */
    int liveOctets;
    /** Live withdrawals. */
    int tombstones;
    /** Entries that died while others of their message live. */
    int shadows;
    /** Whether it waits to be compacted. */
    boolean queued;

    LogSegment(long first, long last, boolean original, long base, ByteBuf buffer, int expectedMessages,
            SegmentMemory memory) {
        this.first = first;
        this.last = last;
        this.original = original;
        this.base = base;
        this.buffer = buffer;
        this.memory = memory;
        this.messages = memory.newTable(Math.max(MIN_MESSAGES, expectedMessages));
    }

    /** Begins the next message at the buffer's writer index; returns its number. */
    int begin(byte kind, int source) {
        if (count == messages.capacity()) {
            messages = messages.grown();
        }
        messages.offset[count] = buffer.writerIndex();
        messages.kind[count] = kind;
        messages.source[count] = source;
        messages.live[count] = 0;
        return count;
    }

    /** Ends the message and shows it to readers; returns its octets. */
    int end() {
        int octets = buffer.writerIndex() - messages.offset[count];
        liveOctets += octets;
        count++;
        messages.offset[count] = buffer.writerIndex();
        published = count;
        return octets;
    }

    void seal() {
        sealed = true;
    }

    /** Takes the segment out of the log; its memory goes as soon as no cursor is inside. */
    void detach() {
        sealed = true;
        detached = true;
        previous = null;
        next = null;
        releaseIfUnused();
    }

    void enter() {
        cursors++;
    }

    void leave() {
        cursors--;
        releaseIfUnused();
    }

    private void releaseIfUnused() {
        if (detached && cursors == 0) {
            memory.release(buffer, messages);
        }
    }

    MessageTable messages() {
        return messages;
    }

    /** Messages begun and ended. */
    int count() {
        return count;
    }

    int published() {
        return published;
    }

    boolean isSealed() {
        return sealed;
    }

    boolean isDetached() {
        return detached;
    }

    /** Octets in use. */
    int octets() {
        return buffer.writerIndex();
    }

    boolean isHalfDead() {
        return liveOctets * 2L < octets();
    }
}
