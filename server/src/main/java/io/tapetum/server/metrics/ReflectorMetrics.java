package io.tapetum.server.metrics;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

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

    /** Octets of the first buffer; it grows to what an answer needs. */
    private static final int FIRST_BUFFER = 16 * 1024;

    // Where the last answer was written; who comes while somebody has it makes himself another. A buffer of megabytes for
    // each answer would be most of the garbage.
    private final AtomicReference<byte @Nullable []> spare = new AtomicReference<>();

    /**
     * What somebody is sent who asks.
     *
     * @param contentType of HTTP, with the version of the format
     * @param text every meter, in UTF-8
     */
    public record Exposition(String contentType, byte[] text) {}

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
     * Every meter as it is now.
     *
     * @param accept what HTTP's header of this name says, or {@code null}: OpenMetrics if it is asked for, or else the
     *            older format of Prometheus
     */
    @SuppressWarnings("ThreadPriorityCheck") // A hint that helps where it is heeded; nothing depends on it.
    public Exposition expose(@Nullable String accept) throws IOException {
        // A thread of the operating system, because the writer in which the library collects what it says starts small on a
        // virtual thread, and is copied whenever it grows, character by character: 17 MB of garbage in each scrape. And of the
        // lowest priority, which the launchers have the virtual machine heed, because nobody's route waits for it.
        FutureTask<Exposition> scrape = new FutureTask<>(
                () -> scrape(accept != null && accept.contains(OPEN_METRICS)));
        Thread.ofPlatform().daemon().priority(Thread.MIN_PRIORITY).name("scrape").start(scrape);
        try {
            return scrape.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException defect -> throw defect;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            scrape.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("nobody waits for the metrics any more");
        }
    }

    private Exposition scrape(boolean openMetrics) throws IOException {
        String contentType = openMetrics ? OPEN_METRICS_1 : PROMETHEUS_TEXT;
        byte[] reused = spare.getAndSet(null);
        ExpositionText text = new ExpositionText(openMetrics, reused == null ? new byte[FIRST_BUFFER] : reused);
        writeSessions(text);
        GroupSeries.write(text, reflector.groups());
        ReflectorSeries.write(text, reflector);
        // Last, because the library ends OpenMetrics as it has to be ended.
        registry.scrape(text, contentType);
        Exposition exposition = new Exposition(contentType, text.toByteArray());
        spare.set(text.buffer());
        return exposition;
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
