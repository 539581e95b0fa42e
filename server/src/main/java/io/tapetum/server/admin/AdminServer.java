package io.tapetum.server.admin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.AdminSettings.Scope;
import io.tapetum.server.metrics.ReflectorMetrics;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.trend.TrendRecorder;

/**
 * Answers operators. It is bound before the reflector starts, so that an address that is in use is found out before any
 * peer notices, and serves afterwards. Every request has a virtual thread of its own, whose carriers are not those that
 * serve peers: who asks slowly, or a lot, waits for himself.
 */
public final class AdminServer implements AutoCloseable {

    /** For how long an answer may be made and taken; less than Java's own limit, for the reason in {@link #answer}. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(45);

    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);

    static {
        HttpLimits.set();
    }

    private final HttpServer http;
    private final Gate gate;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService watch = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("admin-watch").factory());

    private AdminServer(HttpServer http, Gate gate) {
        this.http = http;
        this.gate = gate;
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
        boolean onLoopback = address.getAddress().isLoopbackAddress();
        // The configuration has been refused before. This holds whatever became of it on its way here.
        if (!onLoopback && (settings.tls() == null || settings.tokens().isEmpty())) {
            throw new IOException("other hosts reach " + address.getAddress().getHostAddress()
                    + ", where admin.tls and admin.tokens are needed");
        }
        Gate gate = new Gate(onLoopback, settings.hostNames(),
                AccessTokens.open(settings.tokens(), environment), meters);
        if (settings.tls() == null) {
            return new AdminServer(HttpServer.create(address, 0), gate);
        }
        EndpointTls tls = EndpointTls.open(settings.tls(), environment);
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(tls);
        return new AdminServer(https, gate);
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

    /**
     * Starts to answer.
     *
     * @param drained called when the reflector has been drained and the operator has been told so
     */
    public void serve(RunningReflector reflector, ReflectorMetrics metrics, Runnable drained) {
        TrendRecorder trend = new TrendRecorder(reflector::delays, reflector::sessions, InstantSource.system());
        watch.scheduleAtFixedRate(() -> threads.execute(trend::look), 0, TrendRecorder.INTERVAL.toSeconds(),
                TimeUnit.SECONDS);
        Map<String, Route> routes = routes(reflector, metrics, trend, drained).stream()
                .collect(Collectors.toUnmodifiableMap(Route::path, Function.identity()));
        http.createContext("/", exchange -> answer(exchange, routes));
        http.start();
    }

    /** Everything that can be asked for. */
    static List<Route> routes(RunningReflector reflector, ReflectorMetrics metrics, TrendRecorder trend,
            Runnable drained) {
        return List.of(
                new Route("/", Route.Method.GET, true, StatusPage.load()::answer),
                new Route("/metrics", Route.Method.GET, exchange -> metrics(exchange, metrics)),
                new Route("/v1/drain", Route.Method.POST, new Drain(reflector, drained)::answer),
                new Route("/v1/sessions", Route.Method.GET,
                        exchange -> Answer.json(new Sessions(reflector.sessions())).send(exchange)),
                new Route("/v1/sources", Route.Method.GET,
                        exchange -> Answer.json(new Sources(reflector.sources())).send(exchange)),
                new Route("/v1/trend", Route.Method.GET, exchange -> Answer.json(trend.trend()).send(exchange)));
    }

    /** Stops at once; an answer that is being written may be lost. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
        watch.shutdownNow();
    }

    /**
     * With TLS, the thread that watches Java's limits would wait for ever for a thread that writes to somebody who does not
     * read. An interrupt closes the connection that its thread is blocked on, and comes first.
     */
    private void answer(HttpExchange exchange, Map<String, Route> routes) throws IOException {
        Future<?> limit = watch.schedule(Thread.currentThread()::interrupt, ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
        try {
            answerInTime(exchange, routes);
        } finally {
            exchange.close();
            limit.cancel(false);
        }
    }

    private void answerInTime(HttpExchange exchange, Map<String, Route> routes) throws IOException {
        try {
            Route route = routes.get(exchange.getRequestURI().getPath());
            Scope granted = route != null && route.open() ? gate.admitAnybody(exchange) : gate.admit(exchange);
            if (route == null) {
                throw new RefusedException(404,
                        "there are " + String.join(", ", routes.keySet().stream().sorted().toList()));
            }
            if (!exchange.getRequestMethod().equals(route.method().name())) {
                throw new RefusedException(405, "use " + route.method(), Map.of("Allow", route.method().name()));
            }
            gate.demand(exchange, granted, route.method().scope());
            route.answerer().answer(exchange);
        } catch (RefusedException e) {
            e.headers().forEach(exchange.getResponseHeaders()::set);
            // Whoever may not ask gets one short answer on a connection, and cannot make us wait for him to read many.
            exchange.getResponseHeaders().set("Connection", "close");
            Answer.error(e.status(), e.sentence()).send(exchange);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("an admin request failed: {} {}", exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath());
            Answer.error(500, "the request failed; the log says why").send(exchange);
        }
    }

    private static void metrics(HttpExchange exchange, ReflectorMetrics metrics) throws IOException {
        ReflectorMetrics.Exposition exposition = metrics.expose(exchange.getRequestHeaders().getFirst("Accept"));
        new Answer(200, exposition.contentType(), exposition.text()).send(exchange);
    }
}
