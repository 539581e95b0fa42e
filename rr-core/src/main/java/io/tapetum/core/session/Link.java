package io.tapetum.core.session;

import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.transport.Connection;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.core.transport.Connector;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageDecoder;
import io.tapetum.wire.message.MessageEncoder;

/**
 * One connection of a peer, or the attempt at one, under the id the state machine knows it by. Reads messages and tells
 * the peer; decides nothing. Confined to the peer's event loop.
 */
final class Link implements ConnectionHandler {

    private final int id;
    private final Peer peer;
    private final TrafficCounters received;
    private final TrafficCounters sent;
    private Connector.@Nullable Attempt attempt;
    private @Nullable Connection connection;
    private long octetsTaken;

    private Link(int id, Peer peer) {
        this.id = id;
        this.peer = peer;
        this.received = peer.figures().received();
        this.sent = peer.figures().sent();
    }

    /** A connection that the peer opened. */
    static Link incoming(int id, Peer peer, Connection connection) {
        Link link = new Link(id, peer);
        link.connection = connection;
        return link;
    }

    /** A connection that we are about to open: {@link #attempted} must follow. */
    static Link outgoing(int id, Peer peer) {
        return new Link(id, peer);
    }

    void attempted(Connector.Attempt begun) {
        if (connection == null) {
            attempt = begun;
        }
    }

    int id() {
        return id;
    }

    /** The open connection, or {@code null} while there is only an attempt. */
    @Nullable
    Connection connection() {
        return connection;
    }

    void send(Message message) {
        if (connection != null) {
            send(message, connection, sent);
        }
    }

    /** Sends a message on a connection, and counts it. */
    static void send(Message message, Connection connection, TrafficCounters sent) {
        ByteBuf octets = Unpooled.buffer(64);
        MessageEncoder.write(message, octets);
        sent.count(octets);
        connection.write(octets);
        connection.flush();
    }

    /** Closes the connection, or gives up the attempt. Nothing is told to the peer any more. */
    void close(boolean flush) {
        if (connection != null) {
            if (flush) {
                connection.close();
            } else {
                connection.abort();
            }
        } else if (attempt != null) {
            attempt.abort();
        }
    }

    /** Whether something was sent that the kernel has not taken yet. */
    boolean hasPending() {
        return connection != null && connection.hasPending();
    }

    /** Whether the kernel has taken anything since this was asked last. */
    boolean hasProgressed() {
        if (connection == null) {
            return false;
        }
        long before = octetsTaken;
        octetsTaken = connection.octetsTaken();
        return octetsTaken != before;
    }

    @Override
    public void connected(Connection opened) {
        attempt = null;
        connection = opened;
        peer.connected(this);
    }

    @Override
    public void connectFailed(String reason) {
        attempt = null;
        peer.connectFailed(this, reason);
    }

    @Override
    public void octetsReceived() {
        peer.octetsReceived(this);
    }

    @Override
    public void received(ByteBuf frame) {
        received.count(frame);
        try {
            if (frame.getByte(frame.readerIndex() + BgpHeader.TYPE_OFFSET) == BgpHeader.UPDATE) {
                peer.updateReceived(this, frame);
            } else {
                peer.messageReceived(this, MessageDecoder.read(frame));
            }
        } catch (BgpErrorException e) {
            malformed(e);
        }
    }

    @Override
    public void malformed(BgpErrorException error) {
        peer.malformed(this, error);
    }

    @Override
    public void overdue(Duration time) {
        peer.overdue(this, time);
    }

    @Override
    public void writabilityChanged() {
        peer.writabilityChanged(this);
    }

    @Override
    public void closed() {
        peer.closed(this);
    }

    /** For a connection that was refused: what still comes of it is of no interest. */
    static ConnectionHandler ignored() {
        return Ignored.INSTANCE;
    }

    private enum Ignored implements ConnectionHandler {
        INSTANCE;

        @Override
        public void connected(Connection connection) {}

        @Override
        public void connectFailed(String reason) {}

        @Override
        public void octetsReceived() {}

        @Override
        public void received(ByteBuf frame) {}

        @Override
        public void malformed(BgpErrorException error) {}

        @Override
        public void overdue(Duration time) {}

        @Override
        public void writabilityChanged() {}

        @Override
        public void closed() {}
    }
}
