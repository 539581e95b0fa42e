package io.tapetum.load.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.tapetum.load.route.Addresses;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.message.MessageLengths;

/** What a relay makes of an UPDATE. */
@FunctionalInterface
public interface Reflection {

    /**
     * Makes what all others are sent.
     *
     * @param update one whole message; not released
     * @param originator BGP identifier of whoever sent it
     * @return another buffer, or {@code null} to pass nothing on
     */
    @Nullable
    ByteBuf of(ByteBuf update, int originator);

    /**
     * The one that is right for clients which announce IPv4 routes with NEXT_HOP and without ORIGINATOR_ID: appends
     * ORIGINATOR_ID and CLUSTER_LIST to the attributes (RFC 4456 §8). Withdrawals and End-of-RIBs are not passed on.
     */
    static @Nullable ByteBuf right(ByteBuf update, int originator) {
        int start = update.readerIndex();
        int lengthAt = start + MessageLengths.MIN_UPDATE - 2;
        int length = update.getUnsignedShort(lengthAt);
        int prefixes = lengthAt + 2 + length;
        if (update.getUnsignedShort(lengthAt - 2) != 0 || prefixes == update.writerIndex()) {
            return null;
        }
        ByteBuf out = Unpooled.directBuffer(update.readableBytes() + 2 * (3 + Integer.BYTES));
        out.writeBytes(update, start, prefixes - start);
        out.setShort(lengthAt - start, length + 2 * (3 + Integer.BYTES));
        write(out, AttributeType.ORIGINATOR_ID, originator);
        write(out, AttributeType.CLUSTER_LIST, Addresses.CLUSTER_ID);
        out.writeBytes(update, prefixes, update.writerIndex() - prefixes);
        BgpHeader.finish(out, 0);
        return out;
    }

    private static void write(ByteBuf out, int type, int value) {
        out.writeByte(AttributeType.FLAG_OPTIONAL).writeByte(type).writeByte(Integer.BYTES).writeInt(value);
    }
}
