package io.tapetum.server.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.admin.AdminServer;
import io.tapetum.server.admin.Route;
import io.tapetum.server.admin.StatusPage;
import io.tapetum.server.admin.api.Api;
import io.tapetum.server.admin.api.Subject;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.EffectiveValue;
import io.tapetum.server.config.ListenAddress;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.control.ControlSockets;
import io.tapetum.server.health.Health;
import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.keys.CompositeKeyring;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.keys.WatchedKeyring;
import io.tapetum.server.logging.Logging;
import io.tapetum.server.metrics.ProcessMeters;
import io.tapetum.server.metrics.ReflectorMetrics;
import io.tapetum.server.reflector.ReflectorStarter;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerFeed;
import io.tapetum.server.source.PeerSource;
import io.tapetum.server.source.SourceStatus;
import io.tapetum.server.trend.TrendRecorder;
import io.tapetum.server.trend.TrendSampler;

/** The life of a reflector's process: learn the peers, start, serve, and one of two ends. */
final class ReflectorProcess {

    private static final Logger log = LoggerFactory.getLogger(ReflectorProcess.class);

    /** How often operators are told why there are no peers yet; a datastore that answers needs less. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReflectorStarter starter;
    private final Function<ServerSettings, @Nullable PeerSource> sources;
    private final Termination termination;
    private final Keyring configuredKeys;
    private final Map<String, String> variables;
    private final EventJournal journal;
    private final List<EffectiveValue> configuration;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** Open while the reflector is in service. */
    private final CountDownLatch drained = new CountDownLatch(1);

    /**
     * @param sources makes the peer source that settings ask for, if they ask for one
     * @param keys those that the configuration names
     * @param variables of the environment, in which secrets may be
     * @param journal of what happens in the process
     * @param configuration that operators are shown
     */
    ReflectorProcess(ReflectorStarter starter, Function<ServerSettings, @Nullable PeerSource> sources,
            Termination termination, WatchedKeyring keys, Map<String, String> variables, EventJournal journal,
            List<EffectiveValue> configuration) {
        ProcessMeters.bindTo(meters);
        keys.bindTo(meters);
        this.configuredKeys = keys;
        this.variables = variables;
        this.journal = journal;
        this.configuration = configuration;
        this.starter = starter;
        this.sources = sources;
        this.termination = termination;
    }

    /**
     * Returns when the reflector has been drained and everything is closed. On a signal it never returns.
     *
     * @param started run once the reflector listens
     */
    void run(ServerSettings settings, Runnable started) throws CommandFailedException, InterruptedException {
        try (AdminServer admin = bindAdmin(settings.admin())) {
            PeerSource source = source(settings);
            ServedReflector served = new ServedReflector(settings, source);
            TrendRecorder trend = new TrendRecorder(served::delays, served::sessions, InstantSource.system());
            if (admin != null) {
                admin.serve(routes(served, trend, settings.admin()));
            }
            PeerFeed feed = new PeerFeed();
            DesiredPeers first = firstPeers(source, feed);
            if (first != null) {
                try (TrendSampler _ = admin == null ? null : new TrendSampler(trend)) {
                    serve(settings, first, source, feed, served, started);
                }
            }
        }
        log.info("stopped after a drain");
    }

    private List<Route> routes(ServedReflector served, TrendRecorder trend, AdminSettings settings) {
        List<Route> routes = new ArrayList<>(Api.routes(new Subject(served, new Health(served, served::listens),
                journal, new ReflectorMetrics(meters, Version.number(), Version.commit(), served, settings.metrics()),
                Version.number(), configuration, drained::countDown)));
        routes.addAll(StatusPage.routes(trend));
        return routes;
    }

    private void serve(ServerSettings settings, DesiredPeers first, @Nullable PeerSource source, PeerFeed feed,
            ServedReflector served, Runnable started) throws CommandFailedException, InterruptedException {
        // Closed in the opposite order: the source first, so that nobody reconciles a reflector that is not there.
        try (RunningReflector reflector = start(settings, first, keys(source));
                source;
                ControlSockets _ = control(settings, served)) {
            termination.whenTold(() -> terminate(source, reflector));
            served.is(reflector);
            feed.feed(reflector::reconcile);
            log.atInfo().addKeyValue("version", Version.number()).addKeyValue("commit", Version.commit()).log(
                    "tapetum {} is running: {}", Version.number(),
                    Summary.of(settings));
            if (source != null) {
                ForeignAddresses.of(settings.addresses()).forEach(log::warn);
            }
            started.run();
            drained.await();
        }
    }

    /** Runs on the thread of the signal; at the exit after a drain, too, when there is nothing left to do. */
    private void terminate(@Nullable PeerSource source, RunningReflector reflector) {
        if (drained.getCount() > 0) {
            if (source != null) {
                source.close();
            }
            reflector.close();
            log.info("stopped by a signal; peers keep the routes for the restart time");
            Logging.stop();
        }
    }

    private @Nullable AdminServer bindAdmin(AdminSettings admin) throws CommandFailedException {
        ListenAddress address = admin.listen();
        if (address == null) {
            return null;
        }
        try {
            return AdminServer.bind(address.toSocketAddress(), admin, variables, meters);
        } catch (SocketException e) {
            throw new CommandFailedException("the admin endpoint cannot listen on " + address + ": " + e.getMessage()
                    + "; is another reflector running here? Give this one another admin.listen, or off", e);
        } catch (IOException e) {
            throw new CommandFailedException("the admin endpoint cannot be opened: " + e.getMessage(), e);
        }
    }

    private @Nullable PeerSource source(ServerSettings settings) throws CommandFailedException {
        try {
            return sources.apply(settings);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException("the datastore cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The peers that the datastore wants. Nothing listens before they are known: nodes that connect earlier would be
     * turned away.
     *
     * @return {@code null} if the reflector was drained before it served anybody
     */
    private @Nullable DesiredPeers firstPeers(@Nullable PeerSource source, PeerFeed feed) throws InterruptedException {
        if (source == null) {
            return DesiredPeers.NONE;
        }
        log.info("reading the peers from {}", source.status().name());
        source.follow(feed);
        DesiredPeers first = feed.await(PATIENCE);
        while (first == null && drained.getCount() > 0) {
            SourceStatus status = source.status();
            log.warn("still no peers from {}, so nothing listens yet: {}", status.name(),
                    status.detail().isEmpty() ? "not everything has been read" : status.detail());
            first = feed.await(PATIENCE);
        }
        return first;
    }

    private static @Nullable ControlSockets control(ServerSettings settings, RunningReflector reflector)
            throws CommandFailedException {
        Path directory = settings.control().directory();
        try {
            return directory == null ? null : ControlSockets.open(directory, reflector);
        } catch (IOException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private Keyring keys(@Nullable PeerSource source) {
        return source == null ? configuredKeys : new CompositeKeyring(source.keys(), configuredKeys);
    }

    private RunningReflector start(ServerSettings settings, DesiredPeers desired, Keyring keys)
            throws CommandFailedException {
        try {
            return starter.start(settings, desired, new Surroundings(keys, meters));
        } catch (IOException e) {
            throw new CommandFailedException("cannot start: " + e.getMessage() + advice(e, settings), e);
        }
    }

    private static String advice(IOException e, ServerSettings settings) {
        String reason = String.valueOf(e.getMessage());
        if (reason.contains("Permission denied") && settings.listen().stream().anyMatch(a -> a.port() < 1024)) {
            return "; ports below 1024 need CAP_NET_BIND_SERVICE, or listen on another one";
        }
        if (reason.contains("Cannot assign requested address")) {
            return "; no interface of this host has the address, see tapetum.listen";
        }
        if (reason.contains("in use") || (e instanceof BindException && reason.contains("Address"))) {
            return "; is another BGP speaker running here? See tapetum.listen";
        }
        return "";
    }
}
