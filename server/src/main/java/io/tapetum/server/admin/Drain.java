package io.tapetum.server.admin;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.reflector.RunningReflector;

/** Takes the reflector out of service, once. */
final class Drain {

    /** Octets of a request's body; a message has 255 at most. */
    private static final int MAX_BODY = 4096;

    /** Octets of a shutdown communication (RFC 9003 §2). */
    private static final int MAX_MESSAGE = 255;

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    /** What is asked for. */
    record Request(@Nullable String message) {}

    /** What has been done. */
    record Drained(boolean drained) {}

    private final RunningReflector reflector;
    private final Runnable drained;

    /** Only the first drain does anything; requests run on threads of their own. */
    private final AtomicBoolean begun = new AtomicBoolean();

    /** @param drained called when the reflector has been drained and the operator has been told so */
    Drain(RunningReflector reflector, Runnable drained) {
        this.reflector = reflector;
        this.drained = drained;
    }

    /** Answers when the peers have been told. */
    void answer(HttpExchange exchange) throws IOException, RefusedException {
        String message = message(exchange);
        if (!begun.compareAndSet(false, true)) {
            throw new RefusedException(409, "the reflector is being drained already");
        }
        log.atInfo().addKeyValue("communication", message).log(
                "draining: every session ends with Cease/Administrative Shutdown, message \"{}\"", message);
        try {
            reflector.drain(message);
            Answer.json(new Drained(true)).send(exchange);
        } finally {
            drained.run();
        }
    }

    /** The message: all of a text, or the field of that name of an object. */
    private static String message(HttpExchange exchange) throws IOException, RefusedException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            throw new RefusedException(413, "the body has more than " + MAX_BODY + " octets");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString().strip();
        } catch (CharacterCodingException _) {
            throw new RefusedException(400, "the body is not UTF-8");
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null && type.startsWith("application/json") && !text.isEmpty()) {
            try {
                String given = Json.read(body, Request.class).message();
                text = given == null ? "" : given.strip();
            } catch (IllegalArgumentException _) {
                throw new RefusedException(400, "expected a body like {\"message\": \"upgrade until 14:00\"}");
            }
        }
        int octets = text.getBytes(StandardCharsets.UTF_8).length;
        if (octets > MAX_MESSAGE) {
            throw new RefusedException(400,
                    "the message has " + octets + " octets; BGP carries at most " + MAX_MESSAGE + " (RFC 9003)");
        }
        return text;
    }
}
