package io.tapetum.server.admin.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import io.tapetum.server.admin.Answer;
import io.tapetum.server.admin.Request;

/** The description of everything here (OpenAPI 3.1). */
final class OpenApi {

    private static final String RESOURCE = "openapi.json";

    private final byte[] document;

    private OpenApi(byte[] document) {
        this.document = document;
    }

    /** Reads it from the program. */
    static OpenApi load() {
        try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the program");
            }
            return new OpenApi(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void answer(Request request) throws IOException {
        request.send(new Answer(200, Answer.JSON, document));
    }
}
