package io.tapetum.core.simulation;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.nlri.Prefixes;

/** Ways to get an UPDATE of IPv4 routes wrong, and what RFC 7606 does about each. */
enum Malformation {
    /** ORIGIN 7. */
    BAD_ORIGIN(Cost.ROUTES),
    /** LOCAL_PREF of three octets. */
    SHORT_LOCAL_PREF(Cost.ROUTES_OF_INTERNAL),
    /** No NEXT_HOP. */
    NO_NEXT_HOP(Cost.ROUTES),
    /** COMMUNITIES of five octets. */
    ODD_COMMUNITIES(Cost.ROUTES),
    /** An attribute that is longer than what is left. */
    OVERRUN(Cost.ROUTES),
    /** A prefix of 200 bits. */
    BAD_NLRI(Cost.SESSION),
    /** An attribute length that passes the end of the message. */
    BAD_LENGTHS(Cost.SESSION),
    /** A marker that is not all ones. */
    BAD_MARKER(Cost.SESSION);

    private enum Cost {
        ROUTES, ROUTES_OF_INTERNAL, SESSION
    }

    private final Cost cost;

    Malformation(Cost cost) {
        this.cost = cost;
    }

    /** Whether the routes of the UPDATE count as withdrawn, and no more than that. */
    boolean withdraws() {
        return cost != Cost.SESSION;
    }

    boolean endsSession() {
        return cost == Cost.SESSION;
    }

    /** A prefix of 200 bits in MP_REACH_NLRI: where its routes end cannot be told. */
    static ByteBuf unreadableIpv6() {
        ByteBuf value = Unpooled.buffer(64);
        value.writeShort(2).writeByte(1).writeByte(16);
        value.writeLong(0xFD00L << 48).writeLong(1).writeByte(0);
        value.writeByte(200).writeLong(0);
        byte[] octets = new byte[value.readableBytes()];
        value.readBytes(octets);
        ByteBuf block = Unpooled.buffer(128);
        Blocks.attribute(block, AttributeType.FLAG_OPTIONAL, AttributeType.MP_REACH_NLRI, octets);
        Blocks.attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.ORIGIN, new byte[1]);
        Blocks.attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.AS_PATH, new byte[0]);
        Blocks.attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.LOCAL_PREF, new byte[4]);
        ByteBuf message = Unpooled.buffer(128);
        int start = BgpHeader.start(message, BgpHeader.UPDATE);
        message.writeShort(0).writeShort(block.readableBytes()).writeBytes(block);
        BgpHeader.finish(message, start);
        return message;
    }

    ByteBuf message(List<Prefix> prefixes, boolean external) {
        ByteBuf block = Unpooled.buffer(64);
        // What is wrong with LOCAL_PREF is of no interest from another AS (RFC 7606 §7.5).
        Malformation kind = cost == Cost.ROUTES_OF_INTERNAL && external ? BAD_ORIGIN : this;
        Blocks.attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.ORIGIN,
                new byte[]{(byte) (kind == BAD_ORIGIN ? 7 : 0)});
        Blocks.attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.AS_PATH, new byte[0]);
        if (kind != NO_NEXT_HOP) {
            Blocks.attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.NEXT_HOP, new byte[]{10, 1, 1, 1});
        }
        if (!external) {
            Blocks.attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.LOCAL_PREF,
                    new byte[kind == SHORT_LOCAL_PREF ? 3 : 4]);
        }
        if (kind == ODD_COMMUNITIES) {
            Blocks.attribute(block, AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_TRANSITIVE,
                    AttributeType.COMMUNITIES, new byte[5]);
        }
        if (kind == OVERRUN) {
            block.writeByte(AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_TRANSITIVE).writeByte(99).writeByte(200);
        }
        ByteBuf message = Unpooled.buffer(128);
        int start = BgpHeader.start(message, BgpHeader.UPDATE);
        message.writeShort(0);
        message.writeShort(kind == BAD_LENGTHS ? 4000 : block.readableBytes());
        message.writeBytes(block);
        for (Prefix prefix : prefixes) {
            Prefixes.write(message, prefix.high(), prefix.low(), prefix.length());
        }
        if (kind == BAD_NLRI) {
            message.writeByte(200).writeInt(0);
        }
        BgpHeader.finish(message, start);
        if (kind == BAD_MARKER) {
            message.setByte(start + 3, 0);
        }
        return message;
    }
}
