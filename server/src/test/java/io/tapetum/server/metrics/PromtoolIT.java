package io.tapetum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.server.StubReflector;
import io.tapetum.server.admin.AdminServer;
import io.tapetum.server.admin.api.Api;
import io.tapetum.server.admin.api.Subject;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.health.Health;
import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.transport.NettyReflector;

/** What Prometheus' own tool says of the metrics of a reflector. */
class PromtoolIT {

    @TempDir
    private Path folder = Path.of("");

    /** Gives the test up without promtool; where nobody reads reasons, in CI, it fails. */
    @BeforeEach
    void needPromtool() {
        boolean here = Toolbox.find("prometheus", "promtool").isPresent();
        String reason = "promtool is not here: ./verify fetches it";
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(here, reason);
        }
        Assumptions.assumeTrue(here, reason);
    }

    @Test
    void promtool_finds_no_fault_in_the_metrics_of_a_reflector() throws Exception {
        Path configuration = Files.writeString(folder.resolve("tapetum.conf"), """
                                                                               tapetum {
                                                                                 router-id = 127.0.78.1
                                                                                 listen = ["127.0.78.1:3779"]
                                                                                 peers = [ { address = 127.0.78.2 } ]
                                                                               }
                                                                               """);
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMeters.bindTo(meters);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (NettyReflector reflector = NettyReflector.start(Configuration.load(configuration), DesiredPeers.NONE,
                new Surroundings(Keyring.EMPTY, meters));
                AdminServer admin = AdminServer.bind(address, AdminSettings.OFF, Map.of(), meters);
                HttpClient http = HttpClient.newHttpClient()) {
            System.gc();
            admin.serve(Api.routes(new Subject(reflector, new Health(reflector, () -> true), new EventJournal(100),
                    new ReflectorMetrics(meters, "1.0", "0123456789ab", reflector, AdminSettings.Metrics.DEFAULT),
                    "1.0", List.of(),
                    () -> {
                    })));

            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + admin.address().getPort() + "/metrics")).build(),
                    BodyHandlers.ofString());

            assertThat(response.headers().firstValue("Content-Type"))
                    .contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(response.body()).contains("tapetum_sessions{state=", "tapetum_session_up{peer=",
                    "jvm_memory_used_bytes{");
            assertThat(verdict(response.body())).isEqualTo(new Commands.Result(0, "", ""));
        }
    }

    @Test
    void promtool_finds_no_fault_in_the_metrics_of_sessions_in_every_condition() throws Exception {
        List<SessionStatus> sessions = new ArrayList<>(StubReflector.SESSIONS);
        sessions.addAll(SampleSessions.up(3));

        assertThat(verdict(text(sessions, false))).isEqualTo(new Commands.Result(0, "", ""));
    }

    /** Their names are not ours to choose, so they may break the rules for names; but they have to be readable. */
    @Test
    void promtool_finds_fault_only_with_the_names_of_bird_exporter() throws Exception {
        Commands.Result verdict = verdict(text(StubReflector.SESSIONS, true));

        assertThat((verdict.output() + verdict.errors()).lines()).isNotEmpty()
                .allMatch(line -> line.startsWith("bird_protocol_")
                        && line.endsWith("non-histogram and non-summary metrics should not have \"_count\" suffix"));
    }

    /** What promtool makes blocks of has a time in every line, and is read as what is scraped otherwise. */
    @Test
    void promtool_reads_openmetrics() throws Exception {
        String text = Scrape.text(metrics(StubReflector.SESSIONS, true), "application/openmetrics-text");
        Path metrics = Files.writeString(folder.resolve("openmetrics"), text.lines()
                .map(line -> line.startsWith("#") ? line : line + " 1700000000")
                .collect(Collectors.joining("\n", "", "\n")));

        Commands.Result verdict = Commands.run(folder, List.of(Toolbox.command("prometheus", "promtool"), "tsdb",
                "create-blocks-from", "openmetrics", metrics.toString(), folder.resolve("blocks").toString()));

        assertThat(verdict.status()).as(verdict.output() + verdict.errors()).isZero();
    }

    private static String text(List<SessionStatus> sessions, boolean birdNames) throws IOException {
        return Scrape.text(metrics(sessions, birdNames));
    }

    private static ReflectorMetrics metrics(List<SessionStatus> sessions, boolean birdNames) {
        return new ReflectorMetrics(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), "1.0", "0123456789ab",
                new StubReflector(sessions), new AdminSettings.Metrics(Integer.MAX_VALUE, birdNames));
    }

    private Commands.Result verdict(String text) throws Exception {
        Path metrics = Files.writeString(folder.resolve("metrics"), text);
        return Commands.run(folder, List.of("/bin/sh", "-c", "\"$0\" check metrics < \"$1\"",
                Toolbox.command("prometheus", "promtool"), metrics.toString()));
    }
}
