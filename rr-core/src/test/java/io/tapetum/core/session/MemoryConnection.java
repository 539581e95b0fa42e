package io.tapetum.core.session;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.core.transport.Connection;
import io.tapetum.wire.BgpHeader;

/** Our end of a connection in memory, which keeps what is sent. The peer takes everything unless it is stalled. */
final class MemoryConnection implements Connection {

    private final InetAddress localAddress;
    private final ByteBuf sent = Unpooled.buffer();
    private final WireTally tally = new WireTally();
    private long taken;
    private long room = Long.MAX_VALUE;
    private int maximumMessageLength = BgpHeader.MAX_LENGTH;
    private boolean established;
    private boolean closed;
    private boolean aborted;

    MemoryConnection(InetAddress localAddress) {
        this.localAddress = localAddress;
    }

    /** From now on the peer takes nothing. */
    void stall() {
        room = 0;
    }

    /** The peer takes this many octets more of what waits. */
    void take(long octets) {
        taken = Math.min(taken + octets, sent.writerIndex());
    }

    /** The peer takes what waits, and what comes. */
    void takeAll() {
        room = Long.MAX_VALUE;
        taken = sent.writerIndex();
    }

    /** Everything sent so far, taken or not. */
    Traffic traffic() {
        return tally.traffic();
    }

    /** The whole messages sent since this was asked last, taken or not. */
    List<ByteBuf> messages() {
        List<ByteBuf> messages = new ArrayList<>();
        while (sent.readableBytes() >= BgpHeader.HEADER_LENGTH) {
            int length = sent.getUnsignedShort(sent.readerIndex() + BgpHeader.LENGTH_OFFSET);
            ByteBuf message = Unpooled.buffer(length);
            sent.readBytes(message, length);
            messages.add(message);
        }
        return messages;
    }

    boolean isEstablished() {
        return established;
    }

    int maximumMessageLength() {
        return maximumMessageLength;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isAborted() {
        return aborted;
    }

    @Override
    public InetAddress localAddress() {
        return localAddress;
    }

    @Override
    public void write(ByteBuf octets) {
        try {
            if (!closed && !aborted) {
                tally.count(octets);
                sent.writeBytes(octets, octets.readerIndex(), octets.readableBytes());
                taken += Math.min(room, octets.readableBytes());
            }
        } finally {
            octets.release();
        }
    }

    @Override
    public void write(ByteBuf shared, int offset, int length) {
        write(shared.retainedSlice(offset, length));
    }

    @Override
    public void flush() {}

    @Override
    public boolean isWritable() {
        return !hasPending();
    }

    @Override
    public boolean hasPending() {
        return taken < sent.writerIndex();
    }

    @Override
    public long octetsTaken() {
        return taken;
    }

    @Override
    public void established() {
        established = true;
    }

    @Override
    public void maximumMessageLength(int octets) {
        maximumMessageLength = octets;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void abort() {
        aborted = true;
    }
}
