package io.tapetum.server.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import io.tapetum.server.StubReflector;
import io.tapetum.server.admin.AnswerLimit.Patience;
import io.tapetum.server.admin.api.Api;
import io.tapetum.server.admin.api.Subject;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.AdminSettings.Scope;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.EffectiveValue;
import io.tapetum.server.config.EnvironmentLayer;
import io.tapetum.server.health.Health;
import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.metrics.ReflectorMetrics;
import io.tapetum.server.trend.TrendRecorder;

/** An endpoint in front of a reflector without a network, on a free port. */
final class Served implements AutoCloseable {

    final StubReflector reflector = new StubReflector();
    final CountDownLatch drained = new CountDownLatch(1);
    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final EventJournal journal = new EventJournal(100);
    final Health health = new Health(reflector, () -> true);
    private final List<Route> routes = Stream.of(
            Api.routes(new Subject(reflector, health, journal,
                    new ReflectorMetrics(meters, "1.0", "0123456789ab", reflector, AdminSettings.Metrics.DEFAULT),
                    "1.0", quickStart(),
                    drained::countDown)),
            StatusPage.routes(new TrendRecorder(reflector::delays, reflector::sessions, InstantSource.system())))
            .flatMap(List::stream).toList();
    private final AdminServer server;
    private final boolean encrypted;

    private Served(InetAddress address, AdminSettings settings, Map<String, String> environment) throws IOException {
        this(address, settings, environment, new Patience(Duration.ofSeconds(45), Duration.ofHours(1)));
    }

    private Served(InetAddress address, AdminSettings settings, Map<String, String> environment, Patience patience)
            throws IOException {
        encrypted = settings.tls() != null;
        server = AdminServer.bind(new InetSocketAddress(address, 0), settings, environment, meters, patience);
        server.serve(routes);
    }

    private static List<EffectiveValue> quickStart() {
        try {
            return Configuration.withoutFile(EnvironmentLayer.NONE).values();
        } catch (ConfigurationException e) {
            throw new IllegalStateException("the configuration inside the program is broken", e);
        }
    }

    /** As it is by default. */
    static Served plain() throws IOException {
        return at(InetAddress.getLoopbackAddress());
    }

    /** The same with little patience for those who do not take their answers. */
    static Served patient(Patience patience) throws IOException {
        return new Served(InetAddress.getLoopbackAddress(), AdminSettings.OFF, Map.of(), patience);
    }

    /** The same at an address of choice. */
    static Served at(InetAddress address) throws IOException {
        return new Served(address, AdminSettings.OFF, Map.of());
    }

    /** On the loopback interface, with tokens. */
    static Served with(Map<String, String> environment, AdminSettings.Token... tokens) throws IOException {
        return new Served(InetAddress.getLoopbackAddress(),
                new AdminSettings(null, List.of(), null, List.of(tokens)), environment);
    }

    /** On every address of this host, with TLS and whatever else is needed. */
    static Served everywhere(AdminSettings settings) throws IOException {
        return new Served(InetAddress.ofLiteral("0.0.0.0"), settings, Map.of());
    }

    /** The same with this patience. */
    static Served everywhere(AdminSettings settings, Patience patience) throws IOException {
        return new Served(InetAddress.ofLiteral("0.0.0.0"), settings, Map.of(), patience);
    }

    static AdminSettings.Token inFile(String name, Scope scope, Path file) {
        return new AdminSettings.Token(name, scope, new KeyReference.InFile(file));
    }

    static AdminSettings.Token inVariable(String name, Scope scope, String variable) {
        return new AdminSettings.Token(name, scope, new KeyReference.Variable(variable));
    }

    int port() {
        return server.address().getPort();
    }

    /** By an address of the loopback interface. */
    URI uri(String path) {
        return uri("127.0.0.1", path);
    }

    URI uri(String host, String path) {
        return URI.create((encrypted ? "https" : "http") + "://" + host + ":" + port() + path);
    }

    AdminEndpoint endpoint() {
        return new AdminEndpoint(uri(""));
    }

    /** Everything that can be asked for. */
    List<Route> routes() {
        return routes;
    }

    /** How often somebody was refused for this reason. */
    double refusals(String reason) {
        return meters.get("tapetum.admin.refusals").tag("reason", reason).counter().count();
    }

    @Override
    public void close() {
        server.close();
    }
}
