package io.tapetum.core.fsm;

import io.tapetum.wire.message.Message;

/** What the driver does next, in the order given. */
public sealed interface Action {

    /** Open a TCP connection to the peer, and report its success or failure under this id. */
    record Connect(int connectionId) implements Action {}

    /** Send a message on this connection. */
    record Send(int connectionId, Message message) implements Action {}

    /**
     * Close this connection, or give up the attempt at it. Nothing more is wanted from it, and no report is needed.
     *
     * @param flush whether what was sent last, a NOTIFICATION, deserves a chance to leave; otherwise unsent output is
     *            thrown away. The driver bounds how long it waits for a peer that does not read.
     */
    record Close(int connectionId, boolean flush) implements Action {}

    /** This connection is the session now: UPDATEs may go both ways. */
    record Established(int connectionId, Negotiated negotiated) implements Action {}

    /**
     * This connection has ended. Comes for every connection that was handed an OPEN, never for a mere attempt.
     *
     * @param wasEstablished whether it was the session, so that it has routes
     */
    record Down(int connectionId, DownReason reason, boolean wasEstablished) implements Action {}

    /** The peer as a whole went from one state to another; for logs and metrics, nothing needs doing. */
    record StateChanged(SessionState from, SessionState to) implements Action {}
}
