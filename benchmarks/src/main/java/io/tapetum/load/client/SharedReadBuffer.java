package io.tapetum.load.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * One read buffer for all sessions of an event loop: whoever is given it is done with it before the next read. Reads then
 * allocate nothing, and stay in the caches.
 */
final class SharedReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {

    /** Octets of the largest read. */
    static final int SIZE = 1 << 17;
    /** Of one session, before the next has its turn. */
    private static final int READS = 4;

    private final ByteBuf buffer = Unpooled.directBuffer(SIZE, SIZE);

    SharedReadBuffer() {
        super(READS);
    }

    @Override
    @SuppressWarnings("deprecation") // of the interface, which Netty still asks for
    public Handle newHandle() {
        return new MaxMessageHandle() {

            @Override
            public int guess() {
                return SIZE;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return buffer.clear().retain();
            }
        };
    }

    void release() {
        buffer.release();
    }
}
