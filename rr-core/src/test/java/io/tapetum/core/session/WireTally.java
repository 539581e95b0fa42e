package io.tapetum.core.session;

import java.util.Arrays;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.BgpHeader;

/** What went one way on the wire, counted message by message from the octets themselves. */
public final class WireTally {

    private final long[] messages = new long[256];
    private final long[] octets = new long[256];

    /** Counts the messages, whole ones, that stand between the buffer's indexes, which stay. */
    public void count(ByteBuf stream) {
        for (int at = stream.readerIndex(); at < stream.writerIndex();) {
            int length = stream.getUnsignedShort(at + BgpHeader.LENGTH_OFFSET);
            int type = stream.getUnsignedByte(at + BgpHeader.TYPE_OFFSET);
            messages[type]++;
            octets[type] += length;
            at += length;
        }
    }

    public void clear() {
        Arrays.fill(messages, 0);
        Arrays.fill(octets, 0);
    }

    public Traffic traffic() {
        return new Traffic(byType(messages), byType(octets));
    }

    private static MessageCounts byType(long[] counts) {
        return new MessageCounts(counts[1], counts[2], counts[3], counts[4], counts[5]);
    }
}
