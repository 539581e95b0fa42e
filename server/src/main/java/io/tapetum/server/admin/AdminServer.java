package io.tapetum.server.admin;

import java.io.IOException;
import java.io.Serial;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.config.ListenAddress;
import io.tapetum.server.reflector.RunningReflector;

/**
 * Answers operators. It is bound before the reflector starts, so that an address that is in use is found out before any
 * peer notices, and serves afterwards.
 */
public final class AdminServer implements AutoCloseable {

    /** Octets of a request's body; a message has 255 at most. */
    private static final int MAX_BODY = 4096;

    /** Octets of a shutdown communication (RFC 9003 §2). */
    private static final int MAX_MESSAGE = 255;

    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Only the first drain does anything; requests run on threads of their own. */
    private final AtomicBoolean draining = new AtomicBoolean();

    private AdminServer(HttpServer http) {
        this.http = http;
        http.setExecutor(threads);
    }

    /** Takes the address. Nothing is answered yet. */
    public static AdminServer bind(ListenAddress address) throws IOException {
        return bind(address.toSocketAddress());
    }

    static AdminServer bind(InetSocketAddress address) throws IOException {
        return new AdminServer(HttpServer.create(address, 0));
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    /**
     * Starts to answer.
     *
     * @param drained called when the reflector has been drained and the operator has been told so
     */
    public void serve(RunningReflector reflector, Runnable drained) {
        http.createContext("/", exchange -> answer(exchange, reflector, drained));
        http.start();
    }

    /** Stops at once; an answer that is being written may be lost. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    /** A refusal, as the answer that it becomes. */
    private static final class RefusedException extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        private final int status;

        RefusedException(int status, String sentence) {
            super(sentence);
            this.status = status;
        }
    }

    private void answer(HttpExchange exchange, RunningReflector reflector, Runnable drained) throws IOException {
        try {
            refuseBrowsers(exchange);
            switch (exchange.getRequestURI().getPath()) {
                case "/v1/drain" -> drain(exchange, reflector, drained);
                case "/v1/sessions" -> {
                    allow(exchange, "GET");
                    send(exchange, 200, SessionJson.write(reflector.sessions()));
                }
                case "/v1/sources" -> {
                    allow(exchange, "GET");
                    send(exchange, 200, SourceJson.write(reflector.sources()));
                }
                default -> throw new RefusedException(404, "there are /v1/drain, /v1/sessions and /v1/sources");
            }
        } catch (RefusedException e) {
            send(exchange, e.status, SessionJson.render(Map.of("error", String.valueOf(e.getMessage()))));
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("an admin request failed: {} {}", exchange.getRequestMethod(),
                    exchange.getRequestURI());
            send(exchange, 500, SessionJson.render(Map.of("error", "the request failed; the log says why")));
        } finally {
            exchange.close();
        }
    }

    private void drain(HttpExchange exchange, RunningReflector reflector, Runnable drained)
            throws IOException, RefusedException {
        allow(exchange, "POST");
        String message = message(exchange);
        if (!draining.compareAndSet(false, true)) {
            throw new RefusedException(409, "the reflector is being drained already");
        }
        log.atInfo().addKeyValue("communication", message).log(
                "draining: every session ends with Cease/Administrative Shutdown, message \"{}\"", message);
        try {
            reflector.drain(message);
            send(exchange, 200, SessionJson.render(Map.of("drained", true)));
        } finally {
            drained.run();
        }
    }

    /**
     * A page in a browser on this host can send requests here, too. It cannot leave out Origin when it posts to another
     * site, and if it got here by a name of its own, Host has that name.
     */
    private static void refuseBrowsers(HttpExchange exchange) throws RefusedException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
        boolean loopback = name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
        if (exchange.getRequestHeaders().containsKey("Origin") || !loopback) {
            throw new RefusedException(403, "requests of web pages are not answered");
        }
    }

    private static void allow(HttpExchange exchange, String method) throws RefusedException {
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            throw new RefusedException(405, "use " + method);
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
                text = SessionJson.parse(text).withFallback(SessionJson.parse("{\"message\": \"\"}"))
                        .getString("message").strip();
            } catch (ConfigException _) {
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

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = (json + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
    }
}
