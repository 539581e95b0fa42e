package io.tapetum.server.cli;

import java.io.Serial;

/** A command cannot do what it was asked to; the message is all that the operator has to know. */
final class CommandFailedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    CommandFailedException(String message) {
        super(message);
    }

    CommandFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
