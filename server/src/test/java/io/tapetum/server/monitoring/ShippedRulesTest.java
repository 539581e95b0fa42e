package io.tapetum.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The alerts, their tests and the runbook belong together, and use only metrics that there are. */
class ShippedRulesTest {

    private static final Pattern ALERT_HEADING = Pattern.compile("(?m)^### (\\w+)\n\n\\*(Critical|Warning)\\.\\*");
    private static final Pattern QUERY_IN_TEMPLATE = Pattern.compile("printf \"((?:[^\"\\\\]|\\\\.)*)\"");

    private final List<JsonNode> alerts = Shipped.rules(Shipped.ALERTS, "alert");

    @Test
    void every_alert_says_for_how_long_how_severe_what_and_where_to_read_on() {
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.path("for").asText()).matches("[1-9]\\d*[smh]");
            assertThat(alert.path("labels").path("severity").asText()).isIn("critical", "warning");
            assertThat(alert.path("annotations").path("summary").asText()).isNotBlank();
            assertThat(alert.path("annotations").path("description").asText()).isNotBlank();
            assertThat(alert.path("annotations").path("runbook_url").asText())
                    .isEqualTo("docs/runbook.md#" + name(alert).toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void every_alert_says_of_which_reflector_it_is_if_it_is_of_one() {
        assertThat(alerts).filteredOn(alert -> !Set.of("TapetumNotScraped", "TapetumReflectorsDisagree")
                .contains(name(alert)))
                .allSatisfy(alert -> assertThat(alert.get("annotations").get("summary").asText())
                        .contains("{{ $labels.instance }}"));
    }

    @Test
    void the_runbook_has_a_paragraph_of_the_same_severity_for_each_alert() {
        List<String> paragraphs = ALERT_HEADING.matcher(Shipped.text(Shipped.RUNBOOK)).results()
                .map(heading -> heading.group(1) + " " + heading.group(2).toLowerCase(Locale.ROOT)).toList();

        assertThat(paragraphs).containsExactlyInAnyOrderElementsOf(alerts.stream()
                .map(alert -> name(alert) + " " + alert.get("labels").get("severity").asText()).toList());
    }

    @Test
    void every_alert_fires_in_a_test_and_is_silent_in_one() {
        List<JsonNode> moments = Shipped.document(Shipped.ALERTS_TEST).get("tests").valueStream()
                .flatMap(test -> test.get("alert_rule_test").valueStream()).toList();

        assertThat(namesOf(moments, true)).isEqualTo(names());
        assertThat(namesOf(moments, false)).isEqualTo(names());
    }

    @Test
    void rules_use_only_metrics_that_are_documented() {
        Stream<JsonNode> rules = Stream.concat(alerts.stream(), Shipped.rules(Shipped.RECORDING, "record").stream());
        Stream<String> templates = alerts.stream().map(alert -> alert.get("annotations").get("description").asText())
                .flatMap(text -> QUERY_IN_TEMPLATE.matcher(text).results()).map(call -> call.group(1))
                .filter(text -> text.matches("(topk|sort_desc)\\(.*"));

        Set<String> used = Stream.concat(rules.map(rule -> rule.get("expr").asText()), templates)
                .flatMap(query -> Query.metrics(query).stream()).collect(Collectors.toSet());

        assertThat(used).contains("tapetum_session_up", "tapetum_session_stale_paths").isSubsetOf(
                Shipped.knownMetrics());
    }

    @Test
    void the_scrape_configuration_names_the_job_that_the_rules_look_for_and_all_files_with_rules() {
        JsonNode scrape = Shipped.document(Shipped.SCRAPE);

        assertThat(scrape.get("scrape_configs").get(0).get("job_name").asText()).isEqualTo("tapetum");
        assertThat(scrape.get("rule_files").valueStream().map(JsonNode::asText)).containsExactly(
                Shipped.RECORDING.getFileName().toString(), Shipped.ALERTS.getFileName().toString());
        assertThat(Pattern.compile("job=\"([^\"]*)\"").matcher(Shipped.text(Shipped.ALERTS)).results()
                .map((MatchResult job) -> job.group(1))).isNotEmpty().containsOnly("tapetum");
    }

    private Set<String> names() {
        return alerts.stream().map(ShippedRulesTest::name).collect(Collectors.toSet());
    }

    private static String name(JsonNode alert) {
        return alert.get("alert").asText();
    }

    private static Set<String> namesOf(List<JsonNode> moments, boolean firing) {
        return moments.stream().filter(moment -> !moment.get("exp_alerts").isEmpty() == firing)
                .map(moment -> moment.get("alertname").asText()).collect(Collectors.toSet());
    }
}
