package io.tapetum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.tapetum.server.StubReflector;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.reflector.SessionStatus;

/** What dashboards find that know bird_exporter: its names and labels, written down from its source. */
class BirdSeriesTest {

    private static final String FILTERS = "import_filter=\"ACCEPT\",export_filter=\"ACCEPT\"";

    private static Stream<String> lines(List<SessionStatus> sessions, int limit, boolean birdNames) throws IOException {
        ReflectorMetrics metrics = new ReflectorMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), "1.0",
                "0123456789ab",
                new StubReflector(sessions), new AdminSettings.Metrics(limit, birdNames),
                () -> SampleSessions.SINCE.plusSeconds(7500));
        return Scrape.text(metrics).lines()
                .filter(line -> line.startsWith("bird_"));
    }

    @Test
    void they_are_not_there_unless_they_are_asked_for() throws IOException {
        assertThat(lines(StubReflector.SESSIONS, 10, false)).isEmpty();
    }

    @Test
    void each_family_of_a_session_is_a_protocol() throws IOException {
        String ipv4 = "{name=\"Global_10_0_0_11\",proto=\"BGP\",ip_version=\"4\"," + FILTERS;
        String ipv6 = "{name=\"Global_10_0_0_11\",proto=\"BGP\",ip_version=\"6\"," + FILTERS;

        assertThat(lines(StubReflector.SESSIONS.subList(0, 1), 10, true)).containsExactly(
                "bird_protocol_up" + ipv4 + ",state=\"Established\"} 1",
                "bird_protocol_up" + ipv6 + ",state=\"Established\"} 1",
                "bird_protocol_uptime" + ipv4 + "} 7500",
                "bird_protocol_uptime" + ipv6 + "} 7500",
                "bird_protocol_prefix_import_count" + ipv4 + "} 1200",
                "bird_protocol_prefix_import_count" + ipv6 + "} 34",
                "bird_protocol_prefix_export_count" + ipv4 + "} 5000",
                "bird_protocol_prefix_export_count" + ipv6 + "} 70",
                "bird_protocol_changes_update_import_receive_count" + ipv4 + "} 1300",
                "bird_protocol_changes_update_import_receive_count" + ipv6 + "} 34",
                "bird_protocol_changes_update_import_reject_count" + ipv4 + "} 20",
                "bird_protocol_changes_update_import_reject_count" + ipv6 + "} 0",
                "bird_protocol_changes_update_import_ignore_count" + ipv4 + "} 50",
                "bird_protocol_changes_update_import_ignore_count" + ipv6 + "} 0",
                "bird_protocol_changes_update_import_accept_count" + ipv4 + "} 1230",
                "bird_protocol_changes_update_import_accept_count" + ipv6 + "} 34",
                "bird_protocol_changes_withdraw_import_receive_count" + ipv4 + "} 30",
                "bird_protocol_changes_withdraw_import_receive_count" + ipv6 + "} 0",
                "bird_protocol_changes_withdraw_import_ignore_count" + ipv4 + "} 0",
                "bird_protocol_changes_withdraw_import_ignore_count" + ipv6 + "} 0",
                "bird_protocol_changes_withdraw_import_accept_count" + ipv4 + "} 30",
                "bird_protocol_changes_withdraw_import_accept_count" + ipv6 + "} 0");
    }

    @Test
    void a_session_that_is_down_is_a_protocol_of_the_family_of_its_address() throws IOException {
        assertThat(lines(StubReflector.SESSIONS.subList(1, 2), 10, true)).contains(
                "bird_protocol_up{name=\"spine_1\",proto=\"BGP\",ip_version=\"6\"," + FILTERS + ",state=\"Active\"} 0",
                "bird_protocol_prefix_import_count{name=\"spine_1\",proto=\"BGP\",ip_version=\"6\"," + FILTERS
                        + "} 0")
                .filteredOn(line -> line.startsWith("bird_protocol_up{")).hasSize(1);
    }

    @Test
    void names_are_unique_among_all_sessions_and_the_limit_holds_here_too() throws IOException {
        List<SessionStatus> twins = new ArrayList<>(List.of(SampleSessions.down("twin", "10.0.0.1"),
                SampleSessions.down("twin", "10.0.0.2"), SampleSessions.down("a", "10.0.0.3")));

        assertThat(lines(twins, 10, true).filter(line -> line.startsWith("bird_protocol_up{")))
                .extracting(line -> line.substring(0, line.indexOf(','))).containsExactly(
                        "bird_protocol_up{name=\"twin\"", "bird_protocol_up{name=\"twin_2\"",
                        "bird_protocol_up{name=\"a\"");
        assertThat(lines(twins, 1, true).filter(line -> line.startsWith("bird_protocol_up{"))).singleElement()
                .asString().contains("name=\"a\"");
    }
}
