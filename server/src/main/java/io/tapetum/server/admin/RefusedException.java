package io.tapetum.server.admin;

import java.io.Serial;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A refusal, as the answer that it becomes. */
public final class RefusedException extends Exception {

    /** What is not there, for programs; people read the sentence. */
    public enum Missing {
        /** Nothing can be asked for at this path. */
        PATH,
        /** There is no such peer. */
        PEER,
        /** Nobody follows this prefix. */
        HISTORY
    }

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable Missing missing;
    private final transient Map<String, String> headers;

    /** @param sentence what was wrong, and what to do */
    public RefusedException(int status, String sentence) {
        this(status, sentence, null, Map.of());
    }

    RefusedException(int status, String sentence, Map<String, String> headers) {
        this(status, sentence, null, headers);
    }

    private RefusedException(int status, String sentence, @Nullable Missing missing, Map<String, String> headers) {
        super(sentence);
        this.status = status;
        this.missing = missing;
        this.headers = Map.copyOf(headers);
    }

    /** The request itself is wrong. */
    public static RefusedException badRequest(String sentence) {
        return new RefusedException(400, sentence);
    }

    /** There is no such thing. */
    public static RefusedException notFound(Missing missing, String sentence) {
        return new RefusedException(404, sentence, missing, Map.of());
    }

    int status() {
        return status;
    }

    @Nullable
    Missing missing() {
        return missing;
    }

    Map<String, String> headers() {
        return headers;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
