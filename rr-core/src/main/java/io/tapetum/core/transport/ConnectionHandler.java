package io.tapetum.core.transport;

import java.time.Duration;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.message.BgpErrorException;

/** What happens on a connection, told on its peer's event loop. */
public interface ConnectionHandler {

    /** The connection asked for is open. Not called for connections that were accepted. */
    void connected(Connection connection);

    /** The connection asked for could not be made; nothing else follows. */
    void connectFailed(String reason);

    /** Octets came, perhaps only a part of a message: the peer is alive. Messages they complete follow. */
    void octetsReceived();

    /** A whole message, valid only during the call. */
    void received(ByteBuf frame);

    /** The stream can no longer be cut into messages (RFC 4271 §6.1); nothing more is received. */
    void malformed(BgpErrorException error);

    /** The connection could have become the session within this time, and has not: it is not waited for any longer. */
    void overdue(Duration time);

    /** {@link Connection#isWritable} changed. */
    void writabilityChanged();

    /** The connection is gone, by whatever end; nothing else follows. */
    void closed();
}
