package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.io.Serial;

import com.fasterxml.jackson.databind.JsonNode;

/** The API server answered, and the answer is a refusal. The message is the server's own, on one line. */
final class ApiException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Characters of a message; what is in front of an API server may answer with whole pages. */
    private static final int MAX_MESSAGE = 300;

    private final int code;

    ApiException(int code, String message) {
        super(oneLine(message));
        this.code = code;
    }

    /** Of a {@code Status}, which is also what a watch ends with when it is refused under way. */
    static ApiException of(JsonNode status) {
        return new ApiException(status.path("code").asInt(), status.path("message").asText());
    }

    /** As in HTTP. */
    int code() {
        return code;
    }

    /** Whether the resource version, or the place in a list, is too old to go on from. */
    boolean isExpired() {
        return code == 410;
    }

    boolean isNotFound() {
        return code == 404;
    }

    /** Whether the account lacks a permission. */
    boolean isForbidden() {
        return code == 403;
    }

    private static String oneLine(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE) + "...";
    }
}
