package io.tapetum.core.transport;

import io.tapetum.core.settings.PeerSettings;

/** Opens TCP connections to peers. */
@FunctionalInterface
public interface Connector {

    /**
     * Starts to connect; the handler is told the outcome on the given loop.
     *
     * @return how to give the attempt up; of no effect once the handler was told
     */
    Attempt connect(PeerSettings peer, EventLoop loop, ConnectionHandler handler);

    /** A connection in the making. */
    @FunctionalInterface
    interface Attempt {

        /** Gives up; the handler hears nothing more. Called on the peer's loop. */
        void abort();
    }
}
