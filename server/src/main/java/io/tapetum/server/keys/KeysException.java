package io.tapetum.server.keys;

import java.io.IOException;
import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A key, a passphrase or a keystore cannot be used. The message says what to do about it and nothing about what is secret;
 * so must the cause, if there is one.
 */
public final class KeysException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    KeysException(String message) {
        this(message, null);
    }

    KeysException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
