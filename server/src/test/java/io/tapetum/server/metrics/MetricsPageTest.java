package io.tapetum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.server.StubReflector;
import io.tapetum.server.admin.AdminServer;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.keys.KeyPlaces;
import io.tapetum.server.keys.WatchedKeyring;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.transport.NettyReflector;

/** docs/metrics.md lists exactly what there is. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    private static final Pattern ROW = Pattern
            .compile("\\| `([a-z0-9_]+)` \\| ([a-z]+) \\|([a-z_` ]*)\\| ?([a-z]*) ?\\| (.+) \\|");
    private static final Pattern LABEL = Pattern.compile("`([a-z_]+)`");
    private static final Pattern UNIT = Pattern.compile("_(seconds|bytes|ratio)(?:_total|_max)?$");

    @TempDir
    private Path folder = Path.of("");

    /** What stands in a row of the page: type, labels and unit. */
    private static Map<String, String> documented() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                TreeSet<String> labels = new TreeSet<>();
                LABEL.matcher(row.group(3)).results().forEach(label -> labels.add(label.group(1)));
                assertThat(documented.put(row.group(1), described(row.group(2), labels, row.group(4))))
                        .as("%s is there twice", row.group(1)).isNull();
            } else {
                assertThat(line).as("no row, although it looks like one").doesNotStartWith("| `");
            }
        }
        return documented;
    }

    private static Map<String, String> exposed(ParsedScrape scrape) {
        Map<String, String> exposed = new TreeMap<>();
        scrape.families().forEach((name, family) -> {
            Matcher unit = UNIT.matcher(name);
            exposed.put(name, described(family.type(), family.labels(), unit.find() ? unit.group(1) : ""));
        });
        return exposed;
    }

    private static String described(String type, Iterable<String> labels, String unit) {
        return type + " " + String.join(",", labels) + " " + unit;
    }

    /** Sessions of which one or another has something to say in every series. */
    private static List<SessionStatus> sessions() {
        List<SessionStatus> sessions = new ArrayList<>(StubReflector.SESSIONS);
        sessions.addAll(SampleSessions.up(1));
        return sessions;
    }

    @Test
    void every_metric_has_a_row_and_every_row_a_metric() throws Exception {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path configuration = Files.writeString(folder.resolve("tapetum.conf"),
                "tapetum { router-id = 127.0.0.1, listen = [ \"127.0.0.1:" + port + "\" ] }");
        ProcessMeters.bindTo(meters);
        try (WatchedKeyring keys = WatchedKeyring.of(List.of(), new KeyPlaces(null, null, Map.of()), Duration.ZERO);
                NettyReflector _ = NettyReflector.start(Configuration.load(configuration), DesiredPeers.NONE,
                        new Surroundings(keys, meters));
                AdminServer _ = AdminServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        AdminSettings.OFF, Map.of(), meters)) {
            keys.bindTo(meters);
            ReflectorMetrics metrics = new ReflectorMetrics(meters, "1.0", "0123456789ab",
                    new StubReflector(sessions()),
                    new AdminSettings.Metrics(Integer.MAX_VALUE, true));

            // Pauses are told once there was one.
            System.gc();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                    exposed(ParsedScrape.of(Scrape.text(metrics))))
                    .isEqualTo(documented()));
        }
    }
}
