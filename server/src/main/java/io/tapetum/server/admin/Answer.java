package io.tapetum.server.admin;

import java.io.IOException;
import java.io.OutputStream;

import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body its octets
 */
record Answer(int status, String contentType, byte[] body) {

    private static final String JSON = "application/json";

    /** What went wrong, in a sentence. */
    record Failure(@Nullable String error) {}

    /** A record. */
    static Answer json(Object record) {
        return new Answer(200, JSON, Json.write(record));
    }

    static Answer error(int status, String sentence) {
        return new Answer(status, JSON, Json.write(new Failure(sentence)));
    }

    void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        out.flush();
    }
}
