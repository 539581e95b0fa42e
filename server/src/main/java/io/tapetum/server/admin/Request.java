package io.tapetum.server.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.inquiry.UnknownPeerException;

/** A request that has been let in, and the way back. Used by the thread that answers it only. */
public final class Request {

    /** Octets of a body; a message has 255 at most. */
    private static final int MAX_BODY = 4096;

    private final HttpExchange exchange;
    private final Caller caller;
    private final Route route;
    private final Map<String, String> variables;
    private final Query query;

    Request(HttpExchange exchange, Caller caller, Route route, Map<String, String> variables, Query query) {
        this.exchange = exchange;
        this.caller = caller;
        this.route = route;
        this.variables = variables;
        this.query = query;
    }

    /** Writes what an answer consists of, piece by piece. */
    @FunctionalInterface
    public interface Pieces {
        void write(JsonGenerator out) throws IOException, UnknownPeerException;
    }

    /** Writes the octets of an answer, piece by piece. */
    @FunctionalInterface
    public interface Octets {
        void write(OutputStream out) throws IOException;
    }

    /** Who asks. */
    public Caller caller() {
        return caller;
    }

    Route route() {
        return route;
    }

    /** What stands in the path where the route has this name in braces. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    /** The value of a parameter, if it is there. */
    public <T> Optional<T> get(Parameter<T> parameter) {
        return query.get(parameter);
    }

    /** The value of a parameter that the route needs. */
    public <T> T need(Parameter<T> parameter) {
        return query.get(parameter)
                .orElseThrow(() -> new IllegalArgumentException("the route does not need " + parameter.name()));
    }

    /** A header, or {@code null}. */
    public @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** Sets a header of the answer, before it is sent. */
    public void setHeader(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    /** The octets of the body, a bounded number. */
    public byte[] body() throws IOException, RefusedException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new RefusedException(413, "the body has more than " + MAX_BODY + " octets");
        }
        return body;
    }

    /**
     * The body as a record, with nothing in it that the record has no place for.
     *
     * @param example of such a body, for whoever sends another
     */
    public <T> T body(Class<T> type, String example) throws IOException, RefusedException {
        return read(body(), type, example);
    }

    /** The same, if there is a body. */
    public <T> Optional<T> optionalBody(Class<T> type, String example) throws IOException, RefusedException {
        byte[] body = body();
        return body.length == 0 ? Optional.empty() : Optional.of(read(body, type, example));
    }

    private static <T> T read(byte[] body, Class<T> type, String example) throws RefusedException {
        try {
            return Json.readExactly(body, type);
        } catch (IllegalArgumentException _) {
            throw RefusedException.badRequest("expected a body like " + example);
        }
    }

    /** Answers with a record. */
    public void answer(Object record) throws IOException {
        Answer.json(record).send(exchange);
    }

    /** Answers with whatever it is. */
    public void send(Answer answer) throws IOException {
        answer.send(exchange);
    }

    /**
     * Answers with something that is never in memory as a whole. If it cannot be written to its end, the connection is cut,
     * so that nobody takes a part for all.
     */
    public void stream(String contentType, Octets octets) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        // As long as it takes: in chunks.
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        octets.write(out);
        out.close();
    }

    /** The same with JSON. */
    public void stream(Pieces pieces) throws IOException {
        stream(Answer.JSON, out -> {
            JsonGenerator json = Json.generator(out);
            try {
                pieces.write(json);
            } catch (UnknownPeerException e) {
                throw new IOException("the peer went while its routes were being sent", e);
            }
            json.writeRaw('\n');
            json.flush();
        });
    }
}
