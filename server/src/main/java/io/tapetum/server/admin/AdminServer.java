package io.tapetum.server.admin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.admin.AnswerLimit.Patience;
import io.tapetum.server.admin.RefusedException.Missing;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.server.logging.Defects;

/**
 * Answers operators. It is bound before the reflector starts, so that an address that is in use is found out before any
 * peer notices, and serves afterwards. Every request has a virtual thread of its own, whose carriers are not those that
 * serve peers: who asks slowly, or a lot, waits for himself.
 */
public final class AdminServer implements AutoCloseable {

    /** The whole table of a large reflector takes a minute on a slow line. */
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(45), Duration.ofHours(1));

    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);

    static {
        HttpLimits.set();
    }

    private final HttpServer http;
    private final Gate gate;
    private final Patience patience;
    private final Defects defects = new Defects();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService watch = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("admin-watch").factory());

    private AdminServer(HttpServer http, Gate gate, Patience patience) {
        this.http = http;
        this.gate = gate;
        this.patience = patience;
        http.setExecutor(threads);
    }

    /**
     * Reads certificates and tokens, and takes the address. Nothing is answered yet.
     *
     * @param address where it listens
     * @param settings everything else about it
     * @param environment variables, in which tokens and the passphrase of the keystore may be
     * @param meters where refused requests are counted
     * @throws IOException if it cannot; the message says why, and shows no secret
     */
    public static AdminServer bind(InetSocketAddress address, AdminSettings settings, Map<String, String> environment,
            MeterRegistry meters) throws IOException {
        return bind(address, settings, environment, meters, PATIENCE);
    }

    /** @param patience for how long an answer may be made and taken */
    static AdminServer bind(InetSocketAddress address, AdminSettings settings, Map<String, String> environment,
            MeterRegistry meters, Patience patience) throws IOException {
        boolean onLoopback = address.getAddress().isLoopbackAddress();
        // The configuration has been refused before. This holds whatever became of it on its way here.
        if (!onLoopback && (settings.tls() == null || settings.tokens().isEmpty())) {
            throw new IOException("other hosts reach " + address.getAddress().getHostAddress()
                    + ", where admin.tls and admin.tokens are needed");
        }
        Gate gate = new Gate(onLoopback, settings.hostNames(),
                AccessTokens.open(settings.tokens(), environment), meters);
        if (settings.tls() == null) {
            return new AdminServer(HttpServer.create(address, 0), gate, patience);
        }
        EndpointTls tls = EndpointTls.open(settings.tls(), environment);
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(tls);
        return new AdminServer(https, gate, patience);
    }

    /**
     * Reads certificates and tokens as {@link #bind} does, and leaves it at that.
     *
     * @return what would keep it from starting, in sentences that show no secret, each by its key below {@code admin}
     */
    public static SequencedMap<String, String> problems(AdminSettings settings, Map<String, String> environment) {
        SequencedMap<String, String> problems = new LinkedHashMap<>();
        for (int i = 0; i < settings.tokens().size(); i++) {
            AdminSettings.Token token = settings.tokens().get(i);
            check(problems, "tokens[" + i + "].token", () -> AccessTokens.open(List.of(token), environment));
        }
        AdminSettings.Tls tls = settings.tls();
        if (tls != null) {
            check(problems, "tls", () -> EndpointTls.open(tls, environment));
        }
        return problems;
    }

    private static void check(Map<String, String> problems, String key, Renewed.Source<?> reading) {
        try {
            Object _ = reading.read();
        } catch (IOException e) {
            problems.put(key, String.valueOf(e.getMessage()));
        }
    }

    /** Where it is bound. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    /** Starts to answer these. */
    public void serve(List<Route> routes) {
        Router router = new Router(routes);
        http.createContext("/", exchange -> answer(exchange, router));
        http.start();
    }

    /** Stops at once; an answer that is being written may be lost. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        watch.shutdownNow();
    }

    /**
     * An exchange that failed is not closed: closing it would end the answer as if it were whole. Java cuts the connection
     * instead.
     */
    private void answer(HttpExchange exchange, Router router) throws IOException {
        try (AnswerLimit limit = AnswerLimit.begin(watch, patience)) {
            exchange.setStreams(null, limit.watching(exchange.getResponseBody()));
            answerInTime(exchange, router);
            exchange.close();
        }
    }

    private void answerInTime(HttpExchange exchange, Router router) throws IOException {
        try {
            Request request = admitted(exchange, router);
            request.route().answerer().answer(request);
        } catch (UnknownPeerException e) {
            refuse(exchange, RefusedException.notFound(Missing.PEER, String.valueOf(e.getMessage())));
        } catch (RefusedException e) {
            refuse(exchange, e);
        } catch (RuntimeException e) {
            defects.happened(e).ifPresent(times -> log.atError().setCause(e).log("an admin request failed, {}: {} {}",
                    times, exchange.getRequestMethod(), exchange.getRequestURI().getPath()));
            // If part of the answer is on its way, Java refuses to begin another, and the connection is cut.
            Answer.error(500, "the request failed; the log says why", null).send(exchange);
        }
    }

    private Request admitted(HttpExchange exchange, Router router) throws RefusedException {
        Optional<Router.Found> found = router.find(exchange.getRequestURI().getRawPath());
        // Who may not come in does not learn what there is.
        Caller caller = found.isPresent() && found.get().forAnybody()
                ? Caller.anybody(exchange)
                : gate.admit(exchange);
        Router.Found place = found.orElseThrow(() -> RefusedException.notFound(Missing.PATH,
                "there is nothing at this path; /v1/openapi.json says what there is"));
        Route route = place.route(exchange.getRequestMethod());
        gate.demand(exchange, caller, route.method().scope());
        return new Request(exchange, caller, route, place.variables(),
                Query.parse(exchange.getRequestURI().getRawQuery(), route));
    }

    private static void refuse(HttpExchange exchange, RefusedException refusal) throws IOException {
        refusal.headers().forEach(exchange.getResponseHeaders()::set);
        // Whoever may not ask gets one short answer on a connection, and cannot make us wait for him to read many.
        exchange.getResponseHeaders().set("Connection", "close");
        Answer.error(refusal.status(), refusal.sentence(), refusal.missing()).send(exchange);
    }
}
