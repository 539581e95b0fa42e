package io.tapetum.interop.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Lab;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.reflector.Installation;

/** A reflector, started by its launcher, that may have few files open. */
final class OpenFilesIT {

    private static final int FILES = 300;
    private static final int MUTE_CONNECTIONS = 400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FAILURE = "no connection could be accepted";

    private final Lab lab = new Lab("OpenFilesIT");
    private final Host rr = lab.host("rr", 1);
    private final Host peers = lab.host("peers", 2);
    private final InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(rr.ipv4()), 179);

    @BeforeEach
    void open() {
        Optional<String> obstacle = Lab.obstacle();
        Assumptions.assumeTrue(obstacle.isEmpty(), obstacle.orElse(""));
        Assumptions.assumeTrue(Installation.possible(), "there is no ./tapetum, or nothing built for it to start");
        lab.open();
        for (String network : List.of("10.78.0.0/16", "10.79.0.0/16")) {
            peers.run(Toolbox.ip(), "route", "add", "local", network, "dev", "lo");
            rr.run(Toolbox.ip(), "route", "add", network, "via", peers.ipv4());
        }
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void sessions_go_on_while_no_file_is_left_and_connections_are_taken_again_afterwards() throws Exception {
        Daemon daemon = start("maximum = 100000");
        try (Fleet fleet = Fleet.open(peers, 5, address)) {
            List<Socket> mute = muteConnections();
            await().atMost(PATIENCE).until(() -> daemon.printed().contains(FAILURE));

            Latency latency = fleet.measure(Duration.ofSeconds(3));

            assertThat(latency.median()).isLessThan(Duration.ofMillis(500));
            assertThat(fleet.ended()).isZero();
            assertThat(daemon.printed().lines().filter(line -> line.contains(FAILURE))).as("lines in the log")
                    .hasSize(1);

            closeAll(mute);
            comesUp("10.79.1.1");
            assertThat(fleet.ended()).isZero();
        }
    }

    @Test
    void the_default_leaves_files_for_everything_else() throws Exception {
        Daemon daemon = start("");
        try (Fleet fleet = Fleet.open(peers, 5, address)) {
            List<Socket> mute = muteConnections();
            await().atMost(PATIENCE).until(() -> daemon.printed().contains("tapetum.connections.maximum"));

            assertThat(fleet.ended()).isZero();
            closeAll(mute);
            comesUp("10.79.1.1");
            assertThat(daemon.printed()).doesNotContain(FAILURE);
        }
    }

    private Daemon start(String connections) {
        String file = rr.write("tapetum.conf",
                """
                tapetum {
                  router-id = "%s"
                  listen = [ "%s:179" ]
                  event-loops = 1
                  restart-deferral = 0 s
                  connections { %s }
                  dynamic-peers = [ { range = "10.78.0.0/16" }, { range = "10.79.0.0/16" } ]
                }
                """.formatted(rr.ipv4(), rr.ipv4(), connections)).toString();
        Daemon daemon = rr.start("reflector", "sh", "-c", "ulimit -n " + FILES + " && exec \"$0\" \"$@\"",
                Installation.launcher(), "run", "--config", file);
        await().atMost(PATIENCE).until(() -> peers.inside(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(address, 1000);
                return true;
            } catch (IOException _) {
                return false;
            }
        }));
        return daemon;
    }

    private List<Socket> muteConnections() {
        return peers.inside(() -> {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < MUTE_CONNECTIONS; i++) {
                Socket socket = new Socket();
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral("10.79.0." + (1 + i % 200)), 0));
                socket.connect(address);
                sockets.add(socket);
            }
            return sockets;
        });
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Connects as often as it takes for an OPEN to come back. */
    private void comesUp(String from) {
        await().atMost(PATIENCE).until(() -> peers.inside(() -> {
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
                socket.setSoTimeout(2000);
                socket.connect(address, 2000);
                return socket.getInputStream().read() == 0xFF;
            } catch (IOException _) {
                return false;
            }
        }));
    }
}
