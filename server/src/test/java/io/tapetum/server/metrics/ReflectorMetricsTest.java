package io.tapetum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.StubReflector;
import io.tapetum.server.reflector.SessionStatus;

class ReflectorMetricsTest {

    private List<SessionStatus> sessions = List.of();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ReflectorMetrics metrics = new ReflectorMetrics(registry, "1.2", () -> sessions);

    private String text(String accept) throws IOException {
        return new String(metrics.expose(accept).text(), StandardCharsets.UTF_8);
    }

    @Test
    void every_state_is_there_even_if_no_session_is() throws IOException {
        assertThat(text("*/*").lines().filter(line -> line.startsWith("tapetum_sessions"))).containsExactlyInAnyOrder(
                "tapetum_sessions{state=\"Idle\"} 0.0", "tapetum_sessions{state=\"Connect\"} 0.0",
                "tapetum_sessions{state=\"Active\"} 0.0", "tapetum_sessions{state=\"OpenSent\"} 0.0",
                "tapetum_sessions{state=\"OpenConfirm\"} 0.0", "tapetum_sessions{state=\"Established\"} 0.0");
    }

    @Test
    void sessions_are_counted_anew_for_everybody_who_asks() throws IOException {
        sessions = StubReflector.SESSIONS;
        assertThat(text("*/*")).contains("tapetum_sessions{state=\"Established\"} 1.0",
                "tapetum_sessions{state=\"Active\"} 1.0", "tapetum_sessions{state=\"Idle\"} 0.0");

        sessions = List.of();
        assertThat(text("*/*")).contains("tapetum_sessions{state=\"Established\"} 0.0");
    }

    @Test
    void the_build_is_a_label() throws IOException {
        assertThat(text("*/*")).contains("# HELP tapetum_build_info What runs")
                .containsPattern("tapetum_build_info\\{java=\"[^\"]+\",version=\"1.2\"} 1");
    }

    @Test
    void meters_of_others_are_there_too() throws IOException {
        registry.counter("tapetum.test.things").increment(3);

        assertThat(text("*/*")).contains("tapetum_test_things_total 3.0");
    }

    @Test
    void openmetrics_is_for_those_who_ask_for_it() throws IOException {
        String accept = "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

        assertThat(metrics.expose(accept).contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(text(accept)).endsWith("# EOF\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*/*", "text/plain", "application/vnd.google.protobuf"})
    void anybody_else_gets_the_older_format(String accept) throws IOException {
        assertThat(metrics.expose(accept).contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics.expose(null).contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text(accept)).startsWith("# HELP ").doesNotContain("# EOF");
    }
}
