package io.tapetum.core.session;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.BgpHeader;

/**
 * Messages and octets that went one way between a peer and us, by type. Written on the peer's event loop, once per message
 * received, and once per flush of a family; read by any thread.
 *
 * <p>Writes are plain: every session of a flush round counts, and what the compiler that we run with makes of a release
 * write, a full fence, would wait there for memory that is in no cache, session by session. There is one writer, so nothing is
 * lost, and on a machine of 64 bits no long is ever half written. A reader sees at least what was counted before the last
 * volatile write of the loop that it has read: of the peer's state, of its hold timer with every message, or of its cursor
 * with every flush.
 */
final class TrafficCounters {

    /** The types are numbered from 1 without gaps (RFC 4271 §4.1, RFC 2918 §3). */
    private static final int TYPES = BgpHeader.ROUTE_REFRESH;

    /** Messages and octets in turn, for each type. */
    private final long[] counts = new long[2 * (1 + TYPES)];

    /**
     * Counts messages of one type.
     *
     * @param type one that the framing let pass
     * @param octets of all of them together
     */
    void count(int type, long messages, long octets) {
        counts[2 * type] += messages;
        counts[2 * type + 1] += octets;
    }

    /** Counts one message, which stands between the buffer's indexes. */
    void count(ByteBuf message) {
        count(message.getByte(message.readerIndex() + BgpHeader.TYPE_OFFSET), 1, message.readableBytes());
    }

    Traffic traffic() {
        return new Traffic(byType(0), byType(1));
    }

    private MessageCounts byType(int which) {
        return new MessageCounts(counts[2 * BgpHeader.OPEN + which], counts[2 * BgpHeader.UPDATE + which],
                counts[2 * BgpHeader.NOTIFICATION + which], counts[2 * BgpHeader.KEEPALIVE + which],
                counts[2 * BgpHeader.ROUTE_REFRESH + which]);
    }
}
