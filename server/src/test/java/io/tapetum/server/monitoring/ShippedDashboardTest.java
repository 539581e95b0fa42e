package io.tapetum.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The dashboard, as far as it can be judged without a Grafana. */
class ShippedDashboardTest {

    private final JsonNode dashboard = Shipped.document(Shipped.DASHBOARD);

    @Test
    void every_panel_says_what_it_shows_in_which_unit_and_of_which_source() {
        assertThat(Shipped.panels()).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).endsWith(".");
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText()).isNotBlank();
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.path("targets")).isNotEmpty().allSatisfy(
                    target -> assertThat(target.path("datasource").path("uid").asText()).isEqualTo("${datasource}"));
        });
    }

    @Test
    void the_rows_are_what_an_operator_looks_for() {
        assertThat(dashboard.get("panels").valueStream().filter(Shipped::isRow).map(row -> row.get("title").asText()))
                .containsExactly("Overview", "Sessions", "Convergence", "Update groups", "Tables", "Datastore",
                        "Refused connections and keys", "Process");
    }

    @Test
    void titles_and_numbers_of_panels_are_not_used_twice() {
        List<JsonNode> all = dashboard.get("panels").valueStream().toList();

        assertThat(all).extracting(panel -> panel.get("title").asText()).doesNotHaveDuplicates();
        assertThat(all).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
    }

    @Test
    void no_two_panels_are_in_the_same_place() {
        List<String> cells = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            JsonNode place = panel.get("gridPos");
            assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    cells.add((place.get("x").asInt() + x) + "/" + (place.get("y").asInt() + y));
                }
            }
        }

        assertThat(cells).doesNotHaveDuplicates();
    }

    @Test
    void queries_use_only_metrics_that_are_documented_and_variables_that_there_are() {
        Set<String> used = Shipped.queries().flatMap(query -> Query.metrics(query).stream())
                .collect(Collectors.toSet());

        assertThat(used).isSubsetOf(Shipped.knownMetrics());
        assertThat(dashboard.get("templating").get("list").valueStream().map(one -> one.get("name").asText()))
                .containsExactly("datasource", "cluster", "instance");
        assertThat(Shipped.queries().map(query -> query.replaceAll("\\$(cluster|instance|__rate_interval)\\b", "")))
                .noneMatch(query -> query.contains("$"));
    }

    @Test
    void every_documented_metric_of_sessions_groups_and_tables_is_shown_but_for_those_that_others_say_better() {
        Set<String> used = Shipped.queries().flatMap(query -> Query.metrics(query).stream())
                .collect(Collectors.toSet());

        Set<String> notShown = Shipped.knownMetrics().stream().filter(name -> name.startsWith("tapetum_"))
                .filter(name -> !name.endsWith("_bucket") && !name.endsWith("_sum") && !name.endsWith("_count"))
                .filter(name -> !used.contains(name)).collect(Collectors.toSet());

        assertThat(notShown).containsExactlyInAnyOrder("tapetum_session_state", "tapetum_session_uptime_seconds",
                "tapetum_session_down_total", "tapetum_session_last_error", "tapetum_session_stale_paths",
                "tapetum_sessions_lag_max_bytes");
    }
}
