package io.tapetum.rib.log;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.attribute.NextHop;

/**
 * What the announcements that are being appended say of their prefixes. A log has one, which is set for every call anew,
 * so that an append allocates nothing. Guarded by the lock of the log.
 */
final class Announcement {

    private static final NextHop NO_NEXT_HOP = NextHop.ipv4(0);

    private NextHop nextHop = NO_NEXT_HOP;
    private ByteBuf block = Unpooled.EMPTY_BUFFER;

    /**
     * @param newNextHop for MP_REACH_NLRI; means nothing in the classic encoding, whose block has it
     * @param newBlock the attribute block, between reader and writer index; not retained: good until {@link #clear}
     */
    void set(NextHop newNextHop, ByteBuf newBlock) {
        nextHop = newNextHop;
        block = newBlock;
    }

    void clear() {
        set(NO_NEXT_HOP, Unpooled.EMPTY_BUFFER);
    }

    NextHop nextHop() {
        return nextHop;
    }

    ByteBuf block() {
        return block;
    }
}
