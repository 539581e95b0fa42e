package io.tapetum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.StubReflector;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.reflector.SessionStatus;

/** What Prometheus is sent. */
class ReflectorMetricsTest {

    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0;q=0.6,"
            + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private ReflectorMetrics metrics(List<SessionStatus> sessions) {
        return new ReflectorMetrics(registry, "1.2", "0123456789ab", new StubReflector(sessions),
                AdminSettings.Metrics.DEFAULT);
    }

    private static String text(ReflectorMetrics metrics, String accept) throws IOException {
        return Scrape.text(metrics, accept);
    }

    private static List<String> lines(ReflectorMetrics metrics, String start) throws IOException {
        return text(metrics, "*/*").lines().filter(line -> line.startsWith(start)).toList();
    }

    @Test
    void every_state_is_there_even_if_no_session_is() throws IOException {
        assertThat(lines(metrics(List.of()), "tapetum_sessions{")).containsExactly(
                "tapetum_sessions{state=\"Idle\"} 0", "tapetum_sessions{state=\"Connect\"} 0",
                "tapetum_sessions{state=\"Active\"} 0", "tapetum_sessions{state=\"OpenSent\"} 0",
                "tapetum_sessions{state=\"OpenConfirm\"} 0", "tapetum_sessions{state=\"Established\"} 0");
    }

    @Test
    void a_session_that_is_up_tells_all_of_itself() throws IOException {
        assertThat(lines(metrics(StubReflector.SESSIONS), "tapetum_session_")).filteredOn(
                line -> line.contains("peer=\"node-1\"")).containsExactly(
                        """
                        tapetum_session_up{peer="node-1",address="10.0.0.11"} 1
                        tapetum_session_stopped{peer="node-1",address="10.0.0.11"} 0
                        tapetum_session_state{peer="node-1",address="10.0.0.11"} 6
                        tapetum_session_uptime_seconds{peer="node-1",address="10.0.0.11"} 7500
                        tapetum_session_established_total{peer="node-1",address="10.0.0.11"} 3
                        tapetum_session_down_total{peer="node-1",address="10.0.0.11",cause="connection-lost"} 2
                        tapetum_session_prefixes_received{peer="node-1",address="10.0.0.11",family="ipv4"} 1200
                        tapetum_session_prefixes_received{peer="node-1",address="10.0.0.11",family="ipv6"} 34
                        tapetum_session_prefixes_advertised{peer="node-1",address="10.0.0.11",family="ipv4"} 5000
                        tapetum_session_prefixes_advertised{peer="node-1",address="10.0.0.11",family="ipv6"} 70
                        tapetum_session_routes_total{peer="node-1",address="10.0.0.11",family="ipv4",what="announced"} 1300
                        tapetum_session_routes_total{peer="node-1",address="10.0.0.11",family="ipv4",what="refused"} 20
                        tapetum_session_routes_total{peer="node-1",address="10.0.0.11",family="ipv4",what="repeated"} 50
                        tapetum_session_routes_total{peer="node-1",address="10.0.0.11",family="ipv4",what="withdrawn"} 30
                        tapetum_session_routes_total{peer="node-1",address="10.0.0.11",family="ipv4",what="unknown"} 0
                        tapetum_session_routes_total{peer="node-1",address="10.0.0.11",family="ipv6",what="announced"} 34
                        tapetum_session_routes_total{peer="node-1",address="10.0.0.11",family="ipv6",what="refused"} 0
                        tapetum_session_routes_total{peer="node-1",address="10.0.0.11",family="ipv6",what="repeated"} 0
                        tapetum_session_routes_total{peer="node-1",address="10.0.0.11",family="ipv6",what="withdrawn"} 0
                        tapetum_session_routes_total{peer="node-1",address="10.0.0.11",family="ipv6",what="unknown"} 0
                        tapetum_session_messages_received_total{peer="node-1",address="10.0.0.11",type="open"} 1
                        tapetum_session_messages_received_total{peer="node-1",address="10.0.0.11",type="update"} 1400
                        tapetum_session_messages_received_total{peer="node-1",address="10.0.0.11",type="keepalive"} 250
                        tapetum_session_messages_received_total{peer="node-1",address="10.0.0.11",type="route-refresh"} 1
                        tapetum_session_messages_sent_total{peer="node-1",address="10.0.0.11",type="open"} 1
                        tapetum_session_messages_sent_total{peer="node-1",address="10.0.0.11",type="update"} 5100
                        tapetum_session_messages_sent_total{peer="node-1",address="10.0.0.11",type="keepalive"} 249
                        tapetum_session_received_bytes_total{peer="node-1",address="10.0.0.11",type="open"} 61
                        tapetum_session_received_bytes_total{peer="node-1",address="10.0.0.11",type="update"} 98000
                        tapetum_session_received_bytes_total{peer="node-1",address="10.0.0.11",type="keepalive"} 4750
                        tapetum_session_received_bytes_total{peer="node-1",address="10.0.0.11",type="route-refresh"} 23
                        tapetum_session_sent_bytes_total{peer="node-1",address="10.0.0.11",type="open"} 65
                        tapetum_session_sent_bytes_total{peer="node-1",address="10.0.0.11",type="update"} 357000
                        tapetum_session_sent_bytes_total{peer="node-1",address="10.0.0.11",type="keepalive"} 4731
                        tapetum_session_hold_margin_seconds{peer="node-1",address="10.0.0.11"} 71
                        tapetum_session_lag_bytes{peer="node-1",address="10.0.0.11",family="ipv4"} 0
                        tapetum_session_lag_bytes{peer="node-1",address="10.0.0.11",family="ipv6"} 4096
                        tapetum_session_lag_seconds{peer="node-1",address="10.0.0.11",family="ipv4"} 0
                        tapetum_session_lag_seconds{peer="node-1",address="10.0.0.11",family="ipv6"} 1.5
                        tapetum_session_end_of_rib_sent{peer="node-1",address="10.0.0.11",family="ipv4"} 1
                        tapetum_session_end_of_rib_sent{peer="node-1",address="10.0.0.11",family="ipv6"} 0"""
                                .split("\n"));
    }

    @Test
    void a_session_that_is_down_has_no_uptime_and_no_routes_but_its_last_error_and_what_was_kept() throws IOException {
        assertThat(lines(metrics(StubReflector.SESSIONS), "tapetum_session_")).filteredOn(
                line -> line.contains("peer=\"spine-1\",address=\"fd00::1\"") && !line.contains("type="))
                .containsExactly(
                        """
                        tapetum_session_up{peer="spine-1",address="fd00::1"} 0
                        tapetum_session_stopped{peer="spine-1",address="fd00::1"} 0
                        tapetum_session_state{peer="spine-1",address="fd00::1"} 3
                        tapetum_session_uptime_seconds{peer="spine-1",address="fd00::1"} 0
                        tapetum_session_established_total{peer="spine-1",address="fd00::1"} 1
                        tapetum_session_down_total{peer="spine-1",address="fd00::1",cause="notification-received"} 1
                        tapetum_session_last_error{peer="spine-1",address="fd00::1",code="6",subcode="5"} 1
                        tapetum_session_stale_paths{peer="spine-1",address="fd00::1",family="ipv6",phase="long-lived"} 12"""
                                .split("\n"));
    }

    @Test
    void sums_count_every_session() throws IOException {
        assertThat(lines(metrics(StubReflector.SESSIONS), "tapetum_sessions_"))
                .containsExactly("""
                                 tapetum_sessions_stopped 0
                                 tapetum_sessions_prefixes_received{family="ipv4"} 1200
                                 tapetum_sessions_prefixes_received{family="ipv6"} 34
                                 tapetum_sessions_stale_paths{family="ipv4",phase="restart"} 0
                                 tapetum_sessions_stale_paths{family="ipv4",phase="long-lived"} 0
                                 tapetum_sessions_stale_paths{family="ipv6",phase="restart"} 0
                                 tapetum_sessions_stale_paths{family="ipv6",phase="long-lived"} 12
                                 tapetum_sessions_lagging 1
                                 tapetum_sessions_lag_max_seconds 1.5
                                 tapetum_sessions_lag_max_bytes 4096""".split("\n"));
    }

    @Test
    void groups_tables_and_the_datastore_are_there() throws IOException {
        String all = text(metrics(StubReflector.SESSIONS), "*/*");

        assertThat(all.lines())
                .contains("""
                          tapetum_group_members{group="1",family="ipv4",role="client"} 1
                          tapetum_group_log_bytes{group="1",family="ipv4",role="client"} 1048576
                          tapetum_group_log_live_ratio{group="1",family="ipv4",role="client"} 0.667572021484375
                          tapetum_group_appended_bytes_total{group="1",family="ipv4",role="client"} 9000000
                          tapetum_rib_prefixes{family="ipv6"} 70
                          tapetum_rib_paths{family="ipv4"} 6200
                          tapetum_rib_attribute_sets 42
                          tapetum_convergence_seconds_bucket{to="last",le="0.001"} 90
                          tapetum_convergence_seconds_bucket{to="last",le="+Inf"} 100
                          tapetum_decision_seconds_count 100
                          tapetum_loop_silence_seconds 0.08
                          tapetum_datastore_up{source="Kubernetes at https://10.0.0.1:6443"} 0
                          tapetum_datastore_sync_age_seconds{source="Kubernetes at https://10.0.0.1:6443"} 75
                          tapetum_datastore_problems{source="Kubernetes at https://10.0.0.1:6443"} 1
                          tapetum_restart_deferral_left_seconds 230
                          tapetum_restart_deferral_waiting_peers 1""".split("\n"));
    }

    @Test
    void the_build_is_a_label() throws IOException {
        assertThat(text(metrics(List.of()), "*/*")).contains("# HELP tapetum_build_info What runs")
                .containsPattern("tapetum_build_info\\{commit=\"0123456789ab\",java=\"[^\"]+\",version=\"1.2\"} 1");
    }

    @Test
    void meters_of_others_are_there_too() throws IOException {
        registry.counter("tapetum.test.things").increment(3);

        assertThat(text(metrics(List.of()), "*/*")).contains("tapetum_test_things_total 3.0");
    }

    @Test
    void everything_can_be_read_and_is_there_once() throws IOException {
        ProcessMeters.bindTo(registry);

        ParsedScrape scrape = ParsedScrape.of(text(metrics(SampleSessions.up(20)), "*/*"));

        assertThat(scrape.families()).hasSizeGreaterThan(60);
        assertThat(scrape.lines("tapetum_session_up")).hasSize(20);
    }

    @Test
    void openmetrics_says_the_same_to_those_who_ask_for_it() throws IOException {
        ReflectorMetrics metrics = metrics(SampleSessions.up(3));

        String text = text(metrics, OPEN_METRICS);

        assertThat(ReflectorMetrics.contentType(OPEN_METRICS))
                .startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(text).endsWith("\n# EOF\n").containsOnlyOnce("# EOF")
                .contains("""
                          # TYPE tapetum_session_received_bytes counter
                          # UNIT tapetum_session_received_bytes bytes
                          # HELP tapetum_session_received_bytes \
                          """);
        assertThat(text.lines().filter(line -> line.startsWith("tapetum_session_")))
                .containsExactlyElementsOf(lines(metrics, "tapetum_session_"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*/*", "text/plain", "application/vnd.google.protobuf"})
    void anybody_else_gets_the_older_format(String accept) throws IOException {
        ReflectorMetrics metrics = metrics(List.of());

        assertThat(ReflectorMetrics.contentType(accept)).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(ReflectorMetrics.contentType(null)).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text(metrics, accept)).startsWith("# HELP ").doesNotContain("# EOF");
    }

    @Test
    void scrapes_at_one_time_do_not_disturb_each_other() throws Exception {
        ReflectorMetrics metrics = metrics(SampleSessions.up(200));
        String alone = sessions(metrics);

        List<Future<String>> scrapes = new ArrayList<>();
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 64; i++) {
                scrapes.add(many.submit(() -> sessions(metrics)));
            }
        }

        for (Future<String> scrape : scrapes) {
            assertThat(scrape.get()).isEqualTo(alone);
        }
    }

    @Test
    void who_hangs_up_ends_the_scrape() {
        ReflectorMetrics metrics = metrics(SampleSessions.up(200));

        assertThatThrownBy(() -> metrics.write(null, Scrape.hungUp())).isInstanceOf(IOException.class)
                .hasMessage("hung up");
    }

    @Test
    void a_defect_comes_through_as_it_is() {
        ReflectorMetrics metrics = new ReflectorMetrics(registry, "1.2", "0123456789ab", new StubReflector(List.of()),
                new AdminSettings.Metrics(1000, true), () -> {
                    throw new IllegalStateException("no clock");
                });

        assertThatThrownBy(() -> metrics.write(null, OutputStream.nullOutputStream()))
                .isInstanceOf(IllegalStateException.class).hasMessage("no clock");
    }

    private static String sessions(ReflectorMetrics metrics) throws IOException {
        return String.join("\n", lines(metrics, "tapetum_session"));
    }
}
