package io.tapetum.server.tls;

import java.io.IOException;
import java.io.Serial;

import org.jspecify.annotations.Nullable;

/** A file has not the certificate or key that it should have. The message is for operators; no secrets. */
public final class PemException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    PemException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
