package io.tapetum.server.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.reflector.SessionStatus;

/**
 * All meters of a process, as Prometheus reads them. Sessions are counted when somebody asks, once for all their states.
 * All methods may be called by any thread.
 */
public final class ReflectorMetrics {

    /** RFC 4271 §8.2.2. All are always there, so that none seems to be missing when it is only empty. */
    private static final List<String> STATES = List.of("Idle", "Connect", "Active", "OpenSent", "OpenConfirm",
            "Established");

    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_1 = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final Supplier<List<SessionStatus>> sessions;

    // Written by whoever asks, and read by the gauges a moment later: whole maps, so the last one is as good as any.
    private volatile Map<String, Long> sessionsByState = Map.of();

    /**
     * What somebody is sent who asks.
     *
     * @param contentType of HTTP, with the version of the format
     * @param text every meter, in UTF-8
     */
    public record Exposition(String contentType, byte[] text) {}

    /**
     * @param version of the program
     * @param sessions every session at present
     */
    public ReflectorMetrics(PrometheusMeterRegistry registry, String version, Supplier<List<SessionStatus>> sessions) {
        this.registry = registry;
        this.sessions = sessions;
        for (String state : STATES) {
            Gauge.builder("tapetum.sessions", () -> sessionsByState.getOrDefault(state, 0L))
                    .description("Sessions by state (RFC 4271)").tag("state", state).register(registry);
        }
        Gauge.builder("tapetum.build.info", () -> 1).description("What runs")
                .tag("version", version).tag("java", Runtime.version().toString()).register(registry);
    }

    /**
     * Every meter as it is now.
     *
     * @param accept what HTTP's header of this name says, or {@code null}: OpenMetrics if it is asked for, or else the
     *            older format of Prometheus
     */
    public Exposition expose(@Nullable String accept) throws IOException {
        sessionsByState = sessions.get().stream()
                .collect(Collectors.groupingBy(SessionStatus::state, Collectors.counting()));
        String contentType = accept != null && accept.contains(OPEN_METRICS) ? OPEN_METRICS_1 : PROMETHEUS_TEXT;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        registry.scrape(text, contentType);
        return new Exposition(contentType, text.toByteArray());
    }
}
