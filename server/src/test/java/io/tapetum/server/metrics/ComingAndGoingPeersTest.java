package io.tapetum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.server.transport.NettyReflector;

/** A reflector on real event loops, whose peers come and go while Prometheus asks. */
class ComingAndGoingPeersTest {

    private static final int SCRAPES = 50;

    private static final DesiredPeers MANY = new DesiredPeers(IntStream.rangeClosed(1, 50).mapToObj(
            i -> new DesiredPeer(PeerOrigin.GLOBAL, "node-" + i, InetAddress.ofLiteral("127.78.1." + i), 179, 64512,
                    64512, PeerRole.CLIENT, null, null, Protection.NONE, null))
            .toList(), List.of());

    @TempDir
    private Path folder = Path.of("");

    @Test
    void every_scrape_is_whole_whoever_goes_meanwhile() throws Exception {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path configuration = Files.writeString(folder.resolve("tapetum.conf"),
                "tapetum { router-id = 127.0.0.1, listen = [ \"127.0.0.1:" + port + "\" ] }");
        AtomicBoolean enough = new AtomicBoolean();
        try (NettyReflector reflector = NettyReflector.start(Configuration.load(configuration), MANY,
                new Surroundings(Keyring.EMPTY, meters));
                ExecutorService datastore = Executors.newSingleThreadExecutor()) {
            ReflectorMetrics metrics = new ReflectorMetrics(meters, "1.0", "0123456789ab", reflector,
                    new AdminSettings.Metrics(40, true));
            Future<?> changes = datastore.submit(() -> {
                while (!enough.get()) {
                    reflector.reconcile(DesiredPeers.NONE);
                    reflector.reconcile(MANY);
                }
            });

            try {
                for (int i = 0; i < SCRAPES; i++) {
                    assertWhole(ParsedScrape.of(Scrape.text(metrics)));
                }
            } finally {
                enough.set(true);
            }
            changes.get();
        }
    }

    private static void assertWhole(ParsedScrape scrape) {
        double sessions = scrape.samples().entrySet().stream()
                .filter(sample -> sample.getKey().startsWith("tapetum_sessions{")).mapToDouble(Map.Entry::getValue)
                .sum();
        assertThat(scrape.lines("tapetum_session_up").size()
                + scrape.samples().getOrDefault("tapetum_session_series_left_out", -1.0)).isEqualTo(sessions);
    }
}
