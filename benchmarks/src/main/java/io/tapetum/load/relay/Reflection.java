package io.tapetum.load.relay;

import io.netty.buffer.ByteBuf;

import io.tapetum.load.route.Addresses;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.message.MessageLengths;

/** What a relay makes of an UPDATE. */
@FunctionalInterface
public interface Reflection {

    /**
     * Appends what all are sent, or nothing.
     *
     * @param update one whole message; not released
     * @param originator BGP identifier of whoever sent it
     */
    void write(ByteBuf update, int originator, ByteBuf out);

    /**
     * The one that is right for clients which announce IPv4 routes with NEXT_HOP and without ORIGINATOR_ID: appends
     * ORIGINATOR_ID and CLUSTER_LIST to the attributes (RFC 4456 §8). Withdrawals and End-of-RIBs are not passed on.
     */
    static void right(ByteBuf update, int originator, ByteBuf out) {
        int from = update.readerIndex();
        int lengthAt = MessageLengths.MIN_UPDATE - 2;
        int length = update.getUnsignedShort(from + lengthAt);
        int prefixes = from + lengthAt + 2 + length;
        if (update.getUnsignedShort(from + lengthAt - 2) != 0 || prefixes == update.writerIndex()) {
            return;
        }
        int start = out.writerIndex();
        out.writeBytes(update, from, prefixes - from);
        out.setShort(start + lengthAt, length + 2 * (3 + Integer.BYTES));
        write(out, AttributeType.ORIGINATOR_ID, originator);
        write(out, AttributeType.CLUSTER_LIST, Addresses.CLUSTER_ID);
        out.writeBytes(update, prefixes, update.writerIndex() - prefixes);
        BgpHeader.finish(out, start);
    }

    private static void write(ByteBuf out, int type, int value) {
        out.writeByte(AttributeType.FLAG_OPTIONAL).writeByte(type).writeByte(Integer.BYTES).writeInt(value);
    }
}
