package io.tapetum.core.session;

import java.util.concurrent.atomic.AtomicLongArray;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.BgpHeader;

/**
 * Messages and octets that went one way between a peer and us, by type. Written on the peer's event loop, once per message
 * received and once per run of messages sent; read by any thread.
 *
 * <p>One writer, plain reads and release writes: see {@link UpdateCounters}.
 */
final class TrafficCounters {

    /** The types are numbered from 1 without gaps (RFC 4271 §4.1, RFC 2918 §3). */
    private static final int TYPES = BgpHeader.ROUTE_REFRESH;

    private final AtomicLongArray messages = new AtomicLongArray(1 + TYPES);
    private final AtomicLongArray octets = new AtomicLongArray(1 + TYPES);

    /**
     * Counts messages of one type.
     *
     * @param type one that the framing let pass
     * @param howLong octets of all of them together
     */
    void count(int type, int howMany, int howLong) {
        messages.setRelease(type, messages.getPlain(type) + howMany);
        octets.setRelease(type, octets.getPlain(type) + howLong);
    }

    /** Counts one message, which stands between the buffer's indexes. */
    void count(ByteBuf message) {
        count(message.getByte(message.readerIndex() + BgpHeader.TYPE_OFFSET), 1, message.readableBytes());
    }

    Traffic traffic() {
        return new Traffic(counts(messages), counts(octets));
    }

    private static MessageCounts counts(AtomicLongArray byType) {
        return new MessageCounts(byType.getAcquire(BgpHeader.OPEN), byType.getAcquire(BgpHeader.UPDATE),
                byType.getAcquire(BgpHeader.NOTIFICATION), byType.getAcquire(BgpHeader.KEEPALIVE),
                byType.getAcquire(BgpHeader.ROUTE_REFRESH));
    }
}
