package io.tapetum.server.admin.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.admin.Answer;
import io.tapetum.server.admin.Orders.Drained;
import io.tapetum.server.admin.Orders.ShutdownOrder;
import io.tapetum.server.admin.RefusedException;
import io.tapetum.server.admin.Request;

/** Takes the reflector out of service, once. */
final class Drain {

    private static final String EXAMPLE = "{\"message\": \"upgrade until 14:00\"}";

    private final Subject subject;

    /** Only the first drain does anything; requests run on threads of their own. */
    private final AtomicBoolean begun = new AtomicBoolean();

    Drain(Subject subject) {
        this.subject = subject;
    }

    /** Answers when the peers have been told. */
    void answer(Request request) throws IOException, RefusedException {
        String message = ShutdownMessage.of(message(request));
        if (!begun.compareAndSet(false, true)) {
            throw new RefusedException(409, "the reflector is being drained already");
        }
        OperatorLog.of(request, "draining: every session ends with Cease/Administrative Shutdown, message \"" + message
                + '"').addKeyValue("communication", message).log();
        try {
            // Before any session ends, so that nobody who looks now sends a peer here.
            subject.health().drainBegins();
            subject.reflector().drain(message);
            request.answer(new Drained(true));
        } finally {
            subject.drained().run();
        }
    }

    /** All of a text, or the field of that name of an object. */
    private static @Nullable String message(Request request) throws IOException, RefusedException {
        String type = request.header("Content-Type");
        if (type != null && type.startsWith(Answer.JSON)) {
            return request.optionalBody(ShutdownOrder.class, EXAMPLE).map(ShutdownOrder::message).orElse(null);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body())).toString();
        } catch (CharacterCodingException _) {
            throw RefusedException.badRequest("the body is not UTF-8");
        }
    }
}
