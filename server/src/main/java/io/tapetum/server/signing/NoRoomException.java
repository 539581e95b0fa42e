package io.tapetum.server.signing;

import java.io.IOException;
import java.io.Serial;

/** The kernel's memory for options of one socket is used up (ENOMEM). */
final class NoRoomException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    NoRoomException(Throwable cause) {
        super(cause);
    }
}
