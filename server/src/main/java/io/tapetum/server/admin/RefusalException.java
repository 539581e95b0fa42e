package io.tapetum.server.admin;

import java.io.IOException;
import java.io.Serial;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.admin.RefusedException.Missing;

/** A reflector has answered that it will not, or cannot; the message says what it says, and what to do. */
public final class RefusalException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable Missing missing;

    RefusalException(int status, @Nullable Missing missing, String message) {
        super(message);
        this.status = status;
        this.missing = missing;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** What there is not, if that is why. */
    public @Nullable Missing missing() {
        return missing;
    }
}
