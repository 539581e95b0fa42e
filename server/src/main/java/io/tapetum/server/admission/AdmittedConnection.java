package io.tapetum.server.admission;

import java.net.InetAddress;

/**
 * The entry of one connection in the {@link ConnectionLedger}, which is struck out once, however often it is heard that the
 * connection ended. Confined to the thread of the connection.
 */
public final class AdmittedConnection {

    private enum State {
        HALF_OPEN, ESTABLISHED, CLOSED
    }

    private final ConnectionLedger ledger;
    private final InetAddress source;
    private State state = State.HALF_OPEN;

    /** The connection that the ledger has just let in. */
    public AdmittedConnection(ConnectionLedger ledger, InetAddress source) {
        this.ledger = ledger;
        this.source = source;
    }

    /** Its session is Established. */
    public void established() {
        if (state == State.HALF_OPEN) {
            state = State.ESTABLISHED;
            ledger.establishes(source);
        }
    }

    /** Its socket is closed. */
    public void closed() {
        if (state != State.CLOSED) {
            ledger.leaves(source, state == State.HALF_OPEN);
            state = State.CLOSED;
        }
    }
}
