package io.tapetum.server.etcd;

import java.io.Serial;

/** etcd does not answer, or refuses. The message is for operators: what is wrong, and what to do about it; no secrets. */
public final class EtcdException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    public EtcdException(String message) {
        super(message);
    }

    public EtcdException(String message, Throwable cause) {
        super(message, cause);
    }
}
