package io.tapetum.server.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** The files that are shipped for monitoring, and the pages that explain them. */
final class Shipped {

    static final Path FOLDER = checkout().resolve("config").resolve("monitoring");
    static final Path ALERTS = FOLDER.resolve("tapetum-alerts.yml");
    static final Path RECORDING = FOLDER.resolve("tapetum-recording.yml");
    static final Path ALERTS_TEST = FOLDER.resolve("tapetum-alerts.test.yml");
    static final Path SCRAPE = FOLDER.resolve("prometheus.yml");
    static final Path DASHBOARD = FOLDER.resolve("tapetum-dashboard.json");
    static final Path RUNBOOK = checkout().resolve("docs").resolve("runbook.md");

    private static final Path METRICS = checkout().resolve("docs").resolve("metrics.md");
    private static final Pattern METRIC = Pattern
            .compile("(?m)^\\| `(\\w+)` \\| (gauge|counter|histogram|summary) \\|");

    /** What Prometheus itself makes. */
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");

    private Shipped() {}

    /** Tests run in the folder of their module. */
    private static Path checkout() {
        return Path.of("").toAbsolutePath().resolveSibling("");
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of YAML, or of JSON, which is YAML too. */
    static JsonNode document(Path file) {
        return new KubernetesSerialization().unmarshal(text(file), JsonNode.class);
    }

    /** All rules of a file that have this key: {@code alert} or {@code record}. */
    static List<JsonNode> rules(Path file, String key) {
        return document(file).get("groups").valueStream().flatMap(group -> group.get("rules").valueStream())
                .filter(rule -> rule.has(key)).toList();
    }

    /** The panels of the dashboard that show something. */
    static List<JsonNode> panels() {
        return document(DASHBOARD).get("panels").valueStream().filter(panel -> !isRow(panel)).toList();
    }

    static boolean isRow(JsonNode panel) {
        return panel.get("type").asText().equals("row");
    }

    /** The queries of all panels of the dashboard. */
    static Stream<String> queries() {
        return panels().stream().flatMap(panel -> panel.get("targets").valueStream())
                .map(target -> target.get("expr").asText());
    }

    /** Every name that a query may use: what the page on metrics lists, what is recorded, and what Prometheus makes. */
    static Set<String> knownMetrics() {
        Set<String> known = new HashSet<>(OF_PROMETHEUS);
        Matcher line = METRIC.matcher(text(METRICS));
        while (line.find()) {
            String name = line.group(1);
            switch (line.group(2)) {
                case "histogram" -> Stream.of("_bucket", "_sum", "_count").forEach(suffix -> known.add(name + suffix));
                case "summary" -> Stream.of("_sum", "_count").forEach(suffix -> known.add(name + suffix));
                default -> known.add(name);
            }
        }
        known.addAll(rules(RECORDING, "record").stream().map(rule -> rule.get("record").asText())
                .collect(Collectors.toSet()));
        return known;
    }
}
