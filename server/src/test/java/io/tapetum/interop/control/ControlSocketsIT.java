package io.tapetum.interop.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.control.ControlSockets;
import io.tapetum.server.reflector.Alone;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.transport.NettyReflector;

/**
 * The clients {@code birdc} and {@code birdc6} of BIRD 1.6 talk to a reflector whose clients {@code bird} and
 * {@code bird6} are, on loopback addresses and high ports.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ControlSocketsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path folder = Path.of("");

    private @Nullable NettyReflector reflector;
    private @Nullable ControlSockets sockets;
    private final List<String> daemons = new ArrayList<>();

    @BeforeAll
    void start() throws Exception {
        Assumptions.assumeTrue(Toolbox.find("bird1", "bird").isPresent(), "BIRD 1.6 is not here: ./verify fetches it");
        Path configuration = Files.writeString(folder.resolve("tapetum.conf"),
                """
                tapetum {
                  as = 64512
                  router-id = 127.0.77.1
                  listen = ["127.0.77.1:3779", "[::1]:3779"]
                  allow-loopback-next-hop = true
                  restart-deferral = 200 s
                  peers = [ { name = "node-1", address = 127.0.77.2, as = 64512, role = client },
                            { name = "node-2", address = 127.0.77.3, as = 64512, role = client } ]
                  dynamic-peers = [ { range = "::1/128", as = 64512, role = client } ]
                }
                """);
        reflector = NettyReflector.start(Configuration.load(configuration), DesiredPeers.NONE, Alone.surroundings());
        sockets = ControlSockets.open(folder, reflector);
        startBird("", "127.0.77.2", "127.0.77.1", "10.1.0.0/24", "10.2.0.0/24");
        // There is one IPv6 loopback address, and BIRD announces no next hop that is its neighbour's: the session has no routes.
        startBird("6", "::1", "::1");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(birdc("", "show", "protocols", "node_1").output()).contains("Established");
            assertThat(birdc("6", "show", "protocols").output()).contains("Established");
            assertThat(birdc("", "show", "protocols", "all", "node_1").output()).contains("2 imported");
        });
    }

    /** A client of the reflector that puts itself into the background. */
    private void startBird(String suffix, String own, String reflectorAddress, String... routes) throws Exception {
        StringBuilder text = new StringBuilder(
                """
                log "%s" all;
                router id 127.0.77.2;
                listen bgp address %s port 3780;
                protocol device {}
                protocol bgp reflector {
                  local as 64512;
                  neighbor %s port 3779 as 64512;
                  source address %s;
                  multihop;
                  import all;
                  export all;
                  add paths on;
                  graceful restart;
                  connect delay time 1;
                  connect retry time 2;
                }
                protocol static {
                """.formatted(folder.resolve("peer" + suffix + ".log"), own, reflectorAddress, own));
        for (String route : routes) {
            text.append("  route ").append(route).append(" blackhole;\n");
        }
        Path file = Files.writeString(folder.resolve("peer" + suffix + ".conf"), text.append("}\n").toString());
        Commands.check(folder, List.of(Toolbox.command("bird1", "bird" + suffix), "-c", file.toString(), "-s",
                folder.resolve("peer" + suffix + ".ctl").toString(), "-P",
                folder.resolve("peer" + suffix + ".pid").toString()));
        daemons.add(suffix);
    }

    @AfterAll
    void stop() {
        for (String suffix : daemons) {
            Commands.run(folder, List.of(Toolbox.command("bird1", "birdc" + suffix), "-s",
                    folder.resolve("peer" + suffix + ".ctl").toString(), "down"));
        }
        if (sockets != null) {
            sockets.close();
        }
        if (reflector != null) {
            reflector.close();
        }
    }

    /** Asks the reflector; suffix 6 asks about IPv6. */
    private static Commands.Result birdc(String suffix, String... command) {
        List<String> words = new ArrayList<>(List.of(Toolbox.command("bird1", "birdc" + suffix), "-s",
                folder.resolve("bird" + suffix + ".ctl").toString()));
        words.addAll(List.of(command));
        return Commands.run(folder, words);
    }

    @Test
    void birdc_shows_the_status() {
        Commands.Result result = birdc("", "show", "status");

        assertThat(result.status()).isZero();
        assertThat(result.output()).startsWith("BIRD 1.6.8 (Tapetum ").contains("Router ID is 127.0.77.1\n",
                "Graceful restart recovery in progress\n  Waiting for 1 protocols to recover\n", "/200\n",
                "Daemon is up and running\n");
    }

    @Test
    void birdc_shows_the_sessions_over_ipv4_in_a_table() {
        assertThat(birdc("", "show", "protocols").output().lines().skip(1)).satisfiesExactly(
                head -> assertThat(head).isEqualTo("name     proto    table    state  since       info"),
                up -> assertThat(up)
                        .matches("node_1   BGP      master   up     \\d\\d:\\d\\d:\\d\\d    Established   "),
                down -> assertThat(down).matches("node_2   BGP      master   start  \\d\\d:\\d\\d:\\d\\d    .*"));
    }

    @Test
    void birdc_shows_all_of_a_session_as_of_one_of_birds_own() {
        assertThat(birdc("", "show", "protocols", "all", "node_1").output()).contains(
                "  Routes:         2 imported, 2 exported\n",
                "    Import updates:              2          0        ---          0          2\n",
                "  BGP state:          Established\n", "    Neighbor address: 127.0.77.2\n",
                "    Neighbor ID:      127.0.77.2\n",
                "    Neighbor caps:    refresh enhanced-refresh restart-able llgr-aware AS4 add-path-rx add-path-tx\n",
                "    Session:          internal multihop route-reflector AS4 add-path-rx\n",
                "    Source address:   127.0.77.1\n");
    }

    @Test
    void birdc6_shows_the_sessions_over_ipv6() {
        assertThat(birdc("6", "show", "protocols", "all").output()).contains("Dynamic___1 BGP ",
                "  Routes:         0 imported, 0 exported\n", "  BGP state:          Established\n",
                "    Neighbor address: ::1\n", "    Neighbor ID:      127.0.77.2\n");
    }

    @Test
    void birdc_restricts_itself_and_reads_on() {
        assertThat(birdc("", "-r", "show", "protocols", "\"node_*\"").output()).contains("Access restricted\n",
                "node_1 ", "node_2 ");
    }

    @Test
    void birdc_is_refused_what_changes_something() {
        assertThat(birdc("", "disable", "all").output()).contains("Access denied");
    }

    @Test
    void birdc_says_that_nobody_has_a_name() {
        assertThat(birdc("", "show", "protocols", "nobody").output()).contains("No protocols match");
    }
}
