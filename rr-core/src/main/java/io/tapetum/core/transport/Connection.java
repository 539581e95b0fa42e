package io.tapetum.core.transport;

import java.net.InetAddress;

import io.netty.buffer.ByteBuf;

/** An open TCP connection. Used on its peer's event loop only, but for {@link #hasPending}. */
public interface Connection {

    /** The address of our end. */
    InetAddress localAddress();

    /** Queues octets to be sent and takes over the caller's reference to the buffer. */
    void write(ByteBuf octets);

    /**
     * Queues octets that do not change any more, out of a buffer that others read as well. The connection reads them where
     * they are and holds the buffer only as long as the kernel has not taken them. Allocates nothing while the peer keeps
     * up.
     *
     * @param offset of the first octet, absolute
     * @param length octets, at least 1
     */
    void write(ByteBuf shared, int offset, int length);

    /** Starts sending what was queued. */
    void flush();

    /** Whether more should be queued: false while the peer takes less than it is sent. */
    boolean isWritable();

    /**
     * Whether something is queued that the kernel has not taken yet. Callable from any thread, which may get an answer that is
     * a moment old.
     */
    boolean hasPending();

    /** Octets the kernel has taken so far; grows while the peer reads. */
    long octetsTaken();

    /** This connection has become the session: what bounds those that have not need not care for it any more. */
    void established();

    /** Accepts messages of up to this many octets from now on (RFC 8654). */
    void maximumMessageLength(int octets);

    /**
     * Sends what is queued, closes our end in order and waits a moment for the peer to close its own, so that a
     * NOTIFICATION sent last is not lost to a reset. Nothing is delivered any more.
     */
    void close();

    /** Closes at once, whatever is queued. */
    void abort();
}
