package io.tapetum.core.simulation;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.transport.Connection;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.frame.Framing;
import io.tapetum.wire.message.BgpErrorException;

/** A reflector's end of a connection: cuts the octets into frames and behaves towards its user as the server's does. */
final class FramedConnection implements Connection, Socket.Handler {

    private static final byte SCRIBBLE = 0x5A;

    private final World world;
    private final Socket socket;
    private final WireLedger ledger;
    private final ByteBuf received = Unpooled.buffer(256);
    private @Nullable ConnectionHandler handler;
    private Consumer<Family> endOfRib = _ -> {
    };
    private int maxLength = BgpHeader.MAX_LENGTH;
    private boolean closing;
    private boolean failed;

    FramedConnection(World world, Socket socket, WireLedger ledger) {
        this.world = world;
        this.socket = socket;
        this.ledger = ledger;
    }

    /**
     * Begins to deliver.
     *
     * @param toldOfEndOfRib told of the End-of-RIBs among it, before the handler is
     */
    void deliverTo(ConnectionHandler newHandler, Consumer<Family> toldOfEndOfRib) {
        handler = newHandler;
        endOfRib = toldOfEndOfRib;
        socket.start(this);
    }

    @Override
    public InetAddress localAddress() {
        return socket.local();
    }

    @Override
    public void write(ByteBuf octets) {
        ledger.sent().count(octets);
        socket.write(octets);
    }

    @Override
    public void write(ByteBuf shared, int offset, int length) {
        write(shared.retainedSlice(offset, length));
    }

    @Override
    public void flush() {
        socket.flush();
    }

    @Override
    public boolean isWritable() {
        return socket.isWritable();
    }

    @Override
    public boolean hasPending() {
        return socket.pending() > 0;
    }

    @Override
    public long octetsTaken() {
        return socket.taken();
    }

    @Override
    public void established() {}

    @Override
    public void maximumMessageLength(int octets) {
        maxLength = octets;
    }

    @Override
    public void close() {
        closing = true;
        socket.close();
    }

    @Override
    public void abort() {
        closing = true;
        socket.abort();
    }

    @Override
    public void received(byte[] octets) {
        received.writeBytes(octets);
        try {
            while (!closing && !failed) {
                int length = Framing.frameLength(received, maxLength);
                if (length < 0 || length > received.readableBytes()) {
                    break;
                }
                deliver(length);
            }
        } catch (BgpErrorException e) {
            failed = true;
            if (handler != null) {
                handler.malformed(e);
            }
        }
        received.discardReadBytes();
    }

    /** A frame is valid only during the call: afterwards it is spoiled for whoever kept a view of it. */
    private void deliver(int length) {
        byte[] octets = new byte[length];
        received.readBytes(octets);
        if (octets[BgpHeader.TYPE_OFFSET] == BgpHeader.UPDATE) {
            world.moved();
            tellOfEndOfRib(octets);
        }
        if (handler != null) {
            ledger.received().count(Unpooled.wrappedBuffer(octets));
            handler.received(Unpooled.wrappedBuffer(octets));
        }
        Arrays.fill(octets, SCRIBBLE);
    }

    /** RFC 4724 §2: an UPDATE without anything, or with nothing but an empty MP_UNREACH_NLRI. */
    private void tellOfEndOfRib(byte[] update) {
        int withdrawals = BgpHeader.HEADER_LENGTH;
        int attributes = withdrawals + 4;
        if (update.length == attributes) {
            endOfRib.accept(Family.IPV4_UNICAST);
        } else if (update.length == attributes + 6 && update[withdrawals] == 0 && update[withdrawals + 1] == 0
                && update[attributes + 1] == AttributeType.MP_UNREACH_NLRI) {
            endOfRib.accept(Family.IPV6_UNICAST);
        }
    }

    @Override
    public void writabilityChanged() {
        if (handler != null && !closing) {
            handler.writabilityChanged();
        }
    }

    @Override
    public void closed() {
        closing = true;
        if (handler != null) {
            ConnectionHandler told = handler;
            handler = null;
            told.closed();
        }
    }
}
