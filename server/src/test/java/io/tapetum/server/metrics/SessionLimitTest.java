package io.tapetum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.tapetum.server.StubReflector;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.reflector.SessionStatus;

/** Which sessions Prometheus is told of one by one, if not of all. */
class SessionLimitTest {

    private static final int ALL = Integer.MAX_VALUE;

    private static final Pattern UP = Pattern.compile("tapetum_session_up\\{peer=\"([^\"]+)\".*");

    private final List<SessionStatus> sessions = new ArrayList<>(SampleSessions.up(4));

    private ParsedScrape scrape(int limit) throws IOException {
        return ParsedScrape.of(text(limit));
    }

    private String text(int limit) throws IOException {
        ReflectorMetrics metrics = new ReflectorMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), "1.0",
                "0123456789ab",
                new StubReflector(sessions), new AdminSettings.Metrics(limit, false));
        return Scrape.text(metrics);
    }

    private static List<String> peers(ParsedScrape scrape) {
        return scrape.lines("tapetum_session_up").stream().map(line -> UP.matcher(line).replaceFirst("$1")).toList();
    }

    @Test
    void as_many_as_there_may_be_leave_nobody_out() throws IOException {
        ParsedScrape scrape = scrape(4);

        assertThat(peers(scrape)).containsExactly("node-0", "node-1", "node-2", "node-3");
        assertThat(scrape.samples()).containsEntry("tapetum_session_series_left_out", 0.0);
    }

    @Test
    void those_that_are_down_or_behind_come_first_and_then_the_names() throws IOException {
        sessions.add(SampleSessions.up("z-behind", "10.1.0.1", Duration.ofSeconds(3)));
        sessions.add(SampleSessions.down("y-down", "10.1.0.2"));
        sessions.add(SampleSessions.up("a-between-two-rounds", "10.1.0.3", Duration.ofMillis(20)));

        ParsedScrape scrape = scrape(4);

        assertThat(peers(scrape)).containsExactly("y-down", "z-behind", "a-between-two-rounds", "node-0");
        assertThat(scrape.samples()).containsEntry("tapetum_session_series_left_out", 3.0);
    }

    @Test
    void none_leaves_the_sums_and_no_series_of_a_session() throws IOException {
        ParsedScrape scrape = scrape(0);

        assertThat(scrape.families().keySet()).filteredOn(name -> name.startsWith("tapetum_session_"))
                .containsExactly("tapetum_session_series_left_out");
        assertThat(scrape.samples()).containsEntry("tapetum_session_series_left_out", 4.0)
                .containsEntry("tapetum_sessions{state=\"Established\"}", 4.0)
                .containsEntry("tapetum_sessions_prefixes_received{family=\"ipv6\"}", 480.0)
                .containsEntry("tapetum_sessions_stale_paths{family=\"ipv4\",phase=\"restart\"}", 12.0);
    }

    @Test
    void sums_do_not_depend_on_the_limit() throws IOException {
        sessions.add(SampleSessions.up("behind", "10.1.0.1", Duration.ofSeconds(3)));

        for (int limit : List.of(0, 1, ALL)) {
            assertThat(scrape(limit).samples()).containsEntry("tapetum_sessions_lagging", 1.0)
                    .containsEntry("tapetum_sessions_lag_max_seconds", 3.0)
                    .containsEntry("tapetum_sessions_prefixes_received{family=\"ipv4\"}", 600.0);
        }
    }

    @Test
    void five_thousand_sessions_are_all_there_if_they_may_be() throws IOException {
        sessions.clear();
        sessions.addAll(SampleSessions.up(5000));

        assertThat(text(ALL).lines().filter(line -> line.startsWith("tapetum_session_up{"))).hasSize(5000)
                .doesNotHaveDuplicates();
        assertThat(text(1000).lines().filter(line -> line.startsWith("tapetum_session_up{"))).hasSize(1000);
    }
}
