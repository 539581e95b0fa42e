package io.tapetum.server.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body its octets
 */
record Answer(int status, String contentType, byte[] body) {

    /** An object's text. */
    static Answer json(String object) {
        return json(200, object);
    }

    static Answer error(int status, String sentence) {
        return json(status, SessionJson.render(Map.of("error", sentence)));
    }

    private static Answer json(int status, String object) {
        return new Answer(status, "application/json", (object + "\n").getBytes(StandardCharsets.UTF_8));
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
