package io.tapetum.rib.log;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.attribute.NextHop;

/**
 * What an announcement says of its prefixes. Equal when the octets are.
 *
 * @param nextHop for MP_REACH_NLRI; {@link #NO_NEXT_HOP} in the classic encoding, whose block has it
 * @param block the attribute block, between reader and writer index
 */
record Announcement(NextHop nextHop, ByteBuf block) {

    static final NextHop NO_NEXT_HOP = NextHop.ipv4(0);

    /** What a withdrawal says. */
    static final Announcement NONE = new Announcement(NO_NEXT_HOP, Unpooled.EMPTY_BUFFER);
}
