package io.tapetum.rib.log;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Where the segments of a log have their memory from. Counts the buffers the log has not let go of yet. Guarded by the
 * lock of the log.
 */
final class SegmentMemory {

    /** Compaction takes a table and gives back several, most of them small. */
    private static final int SPARES = 8;
    /** A table is not taken for much smaller needs: it might be missing where it is needed. */
    private static final int MAX_EXCESS = 4;

    private final ByteBufAllocator allocator;
    private final @Nullable MessageTable[] spares = new @Nullable MessageTable[SPARES];
    private int nextSpare;
    private int segments;
    private long octets;

    SegmentMemory(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** A direct buffer that grows no further than to {@code maxCapacity}. It is not counted before {@link #hold}. */
    ByteBuf newBuffer(int capacity, int maxCapacity) {
        return allocator.directBuffer(capacity, maxCapacity);
    }

    /**
     * A table for at least so many messages, with arbitrary contents: what another segment needs no more, if there is one
     * that fits. Only for segments that no reader has seen yet: a reader that gets a table by a race must find it new.
     */
    MessageTable newTable(int messages) {
        for (int i = 0; i < SPARES; i++) {
            MessageTable spare = spares[i];
            if (spare != null && spare.capacity() >= messages && spare.capacity() / MAX_EXCESS <= messages) {
                spares[i] = null;
                return spare;
            }
        }
        // Some more: the next one may need a few more.
        return new MessageTable(messages + messages / 8);
    }

    /** Counts a buffer whose capacity is final. */
    void hold(ByteBuf buffer) {
        segments++;
        octets += buffer.capacity();
    }

    /** Takes back what a segment had when neither the log nor any reader uses it any more. */
    void release(ByteBuf buffer, MessageTable table) {
        segments--;
        octets -= buffer.capacity();
        buffer.release();
        spares[nextSpare] = table;
        nextSpare = (nextSpare + 1) % SPARES;
    }

    /** Buffers held. */
    int segments() {
        return segments;
    }

    /** Capacity of the buffers held. */
    long octets() {
        return octets;
    }
}
