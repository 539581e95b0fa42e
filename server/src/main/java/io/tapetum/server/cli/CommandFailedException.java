package io.tapetum.server.cli;

import java.io.Serial;

/** A command cannot do what it was asked to; the message is all that the operator has to know. */
final class CommandFailedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailedException(String message) {
        this(message, ExitCode.FAILED);
    }

    CommandFailedException(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = ExitCode.FAILED;
    }

    CommandFailedException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the process ends with. */
    int exitCode() {
        return exitCode;
    }
}
