package io.tapetum.server.monitoring;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;

/**
 * Debian's Prometheus on a host of the lab, with the rules that are shipped. It sees a minute pass in 0.4 s: what
 * the rules say in minutes and hours is so much shorter, and so is the time between scrapes.
 */
final class PrometheusServer {

    private static final int MILLIS_PER_MINUTE = 400;
    private static final int PORT = 9090;

    /** In rules: how long something has to hold, and how far they look back. */
    private static final Pattern TIME = Pattern.compile("(for: |\\[|offset )(\\d+)([smh])\\b");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Host host;
    private final Path targets;

    /** Gives the test up without a command of Prometheus; where nobody reads reasons, in CI, it fails. */
    static void need(String command) {
        boolean here = Toolbox.find("prometheus", command).isPresent();
        String reason = command + " is not here: ./verify fetches it";
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(here, reason);
        }
        Assumptions.assumeTrue(here, reason);
    }

    private PrometheusServer(Host host) {
        this.host = host;
        this.targets = host.folder().resolve("targets.json");
    }

    /**
     * Starts it without targets.
     *
     * @param alerts the rules of the alerts, with the times that they have
     */
    static PrometheusServer start(Host host, String alerts) throws IOException {
        PrometheusServer server = new PrometheusServer(host);
        host.write("alerts.yml", quickly(alerts));
        host.write("recording.yml", quickly(Shipped.text(Shipped.RECORDING)));
        server.scrape();
        host.write("prometheus.yml",
                """
                global: { scrape_interval: %1$dms, scrape_timeout: %1$dms, evaluation_interval: %1$dms }
                rule_files: [ recording.yml, alerts.yml ]
                scrape_configs:
                  - job_name: tapetum
                    file_sd_configs: [ { files: [ %2$s ] } ]
                """.formatted(MILLIS_PER_MINUTE, server.targets));
        host.start("prometheus", Toolbox.command("prometheus", "prometheus"),
                "--config.file=" + host.folder().resolve("prometheus.yml"),
                "--storage.tsdb.path=" + host.folder().resolve("prometheus-data"),
                "--web.listen-address=127.0.0.1:" + PORT);
        return server;
    }

    private static String quickly(String rules) {
        return TIME.matcher(rules).replaceAll(time -> {
            int seconds = switch (time.group(3)) {
                case "s" -> 1;
                case "m" -> 60;
                default -> 3600;
            };
            long millis = Long.parseLong(time.group(2)) * seconds * MILLIS_PER_MINUTE / 60;
            return time.group(1) + Math.max(1, millis) + "ms";
        });
    }

    /** Makes these ports of the loopback interface its targets: reflectors of one cluster. It notices by itself. */
    void scrape(int... ports) throws IOException {
        List<String> addresses = Arrays.stream(ports).mapToObj(port -> "127.0.0.1:" + port).toList();
        host.write("targets.json", JSON.writeValueAsString(List.of(new Targets(addresses, new Labels("main")))));
    }

    private record Targets(List<String> targets, Labels labels) {}

    private record Labels(String cluster) {}

    /** Whether it answers. */
    boolean ready() {
        return ask("/-/ready").status() == 200;
    }

    /** The alerts that fire: each with its name and then what it says of whom. */
    Set<String> firing() {
        return ask("/api/v1/alerts").data().get("alerts").valueStream()
                .filter(alert -> alert.get("state").asText().equals("firing"))
                .map(alert -> alert.get("labels").get("alertname").asText() + ": "
                        + alert.get("annotations").get("summary").asText())
                .collect(Collectors.toSet());
    }

    /** What it answers to a query, whether or not it can. */
    Answer query(String query) {
        return ask("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    /**
     * An answer of its HTTP API.
     *
     * @param status of HTTP
     * @param text the body
     */
    record Answer(int status, String text) {

        JsonNode data() {
            try {
                return JSON.readTree(text).path("data");
            } catch (IOException e) {
                throw new IllegalStateException(text, e);
            }
        }

        /** Whether there is a number for anybody. */
        boolean hasData() {
            return !data().path("result").isEmpty();
        }
    }

    private Answer ask(String path) {
        return host.inside(() -> {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + PORT + path).toURL()
                    .openConnection();
            try {
                int status = connection.getResponseCode();
                var body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
                return new Answer(status, new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException _) {
                return new Answer(0, "{}");
            } finally {
                connection.disconnect();
            }
        });
    }
}
