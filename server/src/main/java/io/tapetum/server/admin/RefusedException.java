package io.tapetum.server.admin;

import java.io.Serial;
import java.util.Map;

/** A refusal, as the answer that it becomes. */
final class RefusedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    RefusedException(int status, String sentence) {
        this(status, sentence, Map.of());
    }

    RefusedException(int status, String sentence, Map<String, String> headers) {
        super(sentence);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
