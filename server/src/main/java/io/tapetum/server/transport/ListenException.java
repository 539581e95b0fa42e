package io.tapetum.server.transport;

import java.io.IOException;

import io.tapetum.server.config.ListenAddress;

/** An address cannot be listened on. */
final class ListenException extends IOException {

    private static final long serialVersionUID = 1L;

    ListenException(ListenAddress address, Throwable cause) {
        super("cannot listen on " + address + ": " + cause.getMessage(), cause);
    }
}
