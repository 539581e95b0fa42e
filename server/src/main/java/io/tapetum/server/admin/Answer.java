package io.tapetum.server.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.admin.RefusedException.Missing;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body its octets
 */
public record Answer(int status, String contentType, byte[] body) {

    /** The content type of records. */
    public static final String JSON = "application/json";

    /**
     * What went wrong.
     *
     * @param error a sentence
     * @param missing what it is that is not there, if something is not
     */
    record Failure(@Nullable String error, @Nullable Missing missing) {}

    /** A record. */
    static Answer json(Object record) {
        return new Answer(200, JSON, Json.line(record));
    }

    /** Text for people. */
    public static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer error(int status, String sentence, @Nullable Missing missing) {
        return new Answer(status, JSON, Json.line(new Failure(sentence, missing)));
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
