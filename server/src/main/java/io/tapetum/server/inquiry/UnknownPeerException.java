package io.tapetum.server.inquiry;

import java.io.Serial;

/** There is no peer of that name or address. */
public final class UnknownPeerException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    public UnknownPeerException(String peer) {
        super("there is no peer " + peer + "; `tapetum show sessions` lists them all");
    }
}
