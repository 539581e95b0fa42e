package io.tapetum.server.metrics;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;

/**
 * All metrics of a process, as Prometheus reads them. The reflector is asked once for each scrape, and the answer is
 * nobody else's, so scrapes do not disturb each other. All methods may be called by any thread.
 */
public final class ReflectorMetrics {

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_1 = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final RunningReflector reflector;
    private final AdminSettings.Metrics settings;
    private final InstantSource clock;

    /**
     * @param registry what the parts of the program count
     * @param version of the program
     * @param commit that it was built from
     */
    public ReflectorMetrics(PrometheusMeterRegistry registry, String version, String commit,
            RunningReflector reflector, AdminSettings.Metrics settings) {
        this(registry, version, commit, reflector, settings, InstantSource.system());
    }

    ReflectorMetrics(PrometheusMeterRegistry registry, String version, String commit, RunningReflector reflector,
            AdminSettings.Metrics settings, InstantSource clock) {
        this.registry = registry;
        this.reflector = reflector;
        this.settings = settings;
        this.clock = clock;
        Gauge.builder("tapetum.build.info", () -> 1).description("What runs")
                .tag("version", version).tag("commit", commit).tag("java", Runtime.version().toString())
                .register(registry);
    }

    /**
     * The content type of HTTP for what is written, with the version of the format.
     *
     * @param accept what HTTP's header of this name says, or {@code null}
     */
    public static String contentType(@Nullable String accept) {
        return isOpenMetrics(accept) ? OPEN_METRICS_1 : PROMETHEUS_TEXT;
    }

    private static boolean isOpenMetrics(@Nullable String accept) {
        return accept != null && accept.contains(OPEN_METRICS);
    }

    /**
     * Writes every meter as it is now, in UTF-8, as fast as it is taken. An interrupt ends it.
     *
     * @param accept what HTTP's header of this name says, or {@code null}: OpenMetrics if it is asked for, or else the
     *            older format of Prometheus
     * @param out is written to by another thread until this returns, and after an interrupt until that thread has seen it
     */
    @SuppressWarnings("ThreadPriorityCheck") // A hint that helps where it is heeded; nothing depends on it.
    public void write(@Nullable String accept, OutputStream out) throws IOException {
        // A thread of the operating system, because the writer in which the library collects what it says starts small on a
        // virtual thread, and is copied whenever it grows, character by character: 17 MB of garbage in each scrape. And of the
        // lowest priority, which the launchers have the virtual machine heed, because nobody's route waits for it.
        FutureTask<@Nullable Void> scrape = new FutureTask<>(() -> {
            scrape(accept, out);
            return null;
        });
        Thread.ofPlatform().daemon().priority(Thread.MIN_PRIORITY).name("scrape").start(scrape);
        try {
            scrape.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case UncheckedIOException failure -> throw failure.getCause();
                case RuntimeException defect -> throw defect;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            scrape.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("nobody waits for the metrics any more");
        }
    }

    private void scrape(@Nullable String accept, OutputStream out) throws IOException {
        ExpositionText text = new ExpositionText(isOpenMetrics(accept), out);
        writeSessions(text);
        GroupSeries.write(text, reflector.groups());
        ReflectorSeries.write(text, reflector);
        // Last, because the library ends OpenMetrics as it has to be ended.
        registry.scrape(text, contentType(accept));
        text.flush();
    }

    private void writeSessions(ExpositionText text) {
        List<SessionStatus> sessions = new ArrayList<>();
        reflector.eachSession().forEach(session -> {
            sessions.add(session);
            text.giveWay();
        });
        List<SessionStatus> chosen = SessionChoice.of(sessions, settings.sessions());
        SessionTotals.write(text, sessions, sessions.size() - chosen.size());
        SessionSeries.write(text, chosen);
        if (settings.birdNames()) {
            BirdSeries.write(text, sessions, chosen, clock.instant());
        }
    }
}
