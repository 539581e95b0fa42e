package io.tapetum.server.calico.kubernetes;

import static io.tapetum.server.calico.kubernetes.FollowingSuite.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.datastore.PeerSources;
import io.tapetum.server.keys.CompositeKeyring;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerFeed;
import io.tapetum.server.source.PeerSource;
import io.tapetum.server.transport.NettyReflector;

/** From a BGPPeer and its Secret to a session with BIRD 1.6, which a node would give the same words. */
class PasswordsIT {

    private static final String SECRETS = "/api/v1/namespaces/calico-system/secrets";
    private static final Map<String, ?> PASSWORD = Map.of("secretKeyRef", Map.of("name", "bgp", "key", "rr"));

    @TempDir
    @SuppressWarnings("NullAway.Init") // by JUnit
    private Path folder;
    @SuppressWarnings("NullAway.Init") // before each test
    private FakeCluster cluster;
    @SuppressWarnings("NullAway.Init") // before each test
    private PeerSource source;
    @SuppressWarnings("NullAway.Init") // before each test
    private RunningReflector reflector;
    @SuppressWarnings("NullAway.Init") // before each test
    private Process bird;
    private int port;

    @BeforeEach
    void begin() throws IOException {
        assumeTrue(Toolbox.find("bird1", "bird").isPresent(), "needs BIRD 1.6, which ./verify fetches");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        cluster = new FakeCluster(CalicoApi.CRD_V1);
        cluster.putNode("node-1", Map.of(), Map.of("projectcalico.org/IPv4Address", "127.0.0.2/8"));
    }

    @AfterEach
    void end() {
        if (bird != null) {
            bird.destroy();
        }
        if (source != null) {
            source.close();
        }
        if (reflector != null) {
            reflector.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void a_node_has_a_session_if_it_has_the_password_and_is_near_enough() throws Exception {
        secret("swordfish");
        cluster.put(ResourceKind.BGP_PEER, "rr",
                Map.of("peerIP", "127.0.0.1", "password", PASSWORD, "ttlSecurity", 1));
        reflect();

        bird("ttl security on; multihop 1; password \"swordfish\";");
        untilUp(1);

        // Packets that could have come from further away are not taken, whoever signed them.
        configureBird("multihop; password \"swordfish\";");
        long before = tries();
        until(() -> tries() > before + 2);
        assertThat(ups()).isEqualTo(1);
        assertThat(isUp()).isFalse();

        configureBird("ttl security on; multihop 1; password \"swordfish\";");
        untilUp(2);
    }

    @Test
    void a_new_password_is_taken_over_while_the_node_still_has_the_old_one() throws Exception {
        secret("swordfish");
        cluster.put(ResourceKind.BGP_PEER, "rr", Map.of("peerIP", "127.0.0.1", "password", PASSWORD));
        reflect();
        bird("multihop; password \"swordfish\";");
        untilUp(1);

        secret("marlin");
        until(() -> source.keys().valid("secret:calico-system/bgp/rr").size() == 2);
        assertThat(isUp()).isTrue();

        // BIRD restarts a session that gets another password.
        configureBird("multihop; password \"marlin\";");
        untilUp(2);
    }

    @Test
    void without_its_secret_nobody_gets_in_unsigned_and_with_it_the_session_comes_up() throws Exception {
        cluster.put(ResourceKind.BGP_PEER, "rr", Map.of("peerIP", "127.0.0.1", "password", PASSWORD));
        reflect();
        until(() -> !source.status().problems().isEmpty());
        assertThat(source.status().problems()).singleElement().asString().contains("calico-system/bgp",
                "does not exist: their sessions stay down");

        bird("multihop;");
        until(() -> tries() > 2);
        assertThat(ups()).isZero();

        secret("swordfish");
        configureBird("multihop; password \"swordfish\";");
        untilUp(1);
        assertThat(source.status().problems()).isEmpty();
    }

    private void secret(String password) {
        ObjectNode secret = new ObjectMapper().createObjectNode();
        secret.withObject("/data").put("rr",
                Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)));
        cluster.server.objects.put(SECRETS, "bgp", secret);
    }

    private void reflect() throws Exception {
        ServerSettings settings = Configuration.load(Files.writeString(folder.resolve("tapetum.conf"),
                """
                tapetum {
                  addresses.ipv4 = 127.0.0.1
                  listen = [ "127.0.0.1:%d" ]
                  peer-defaults.connect = passive
                  datastore {
                    type = kubernetes
                    kubernetes { endpoint = "%s", secrets-namespace = calico-system }
                  }
                }
                """.formatted(port, cluster.server.uri())));
        source = Objects.requireNonNull(PeerSources.of(settings));
        PeerFeed feed = new PeerFeed();
        source.follow(feed);
        DesiredPeers first = Objects.requireNonNull(feed.await(Duration.ofSeconds(30)));
        reflector = NettyReflector.start(settings, first,
                new Surroundings(new CompositeKeyring(source.keys(), Keyring.EMPTY), new SimpleMeterRegistry()));
        feed.feed(reflector::reconcile);
    }

    private void bird(String session) throws IOException {
        bird = new ProcessBuilder(Toolbox.command("bird1", "bird"), "-f", "-c", birdConfiguration(session), "-s",
                folder.resolve("bird.ctl").toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("bird.out").toFile()).start();
    }

    private void configureBird(String session) throws IOException {
        birdConfiguration(session);
        Commands.check(folder, List.of(Toolbox.command("bird1", "birdc"), "-s",
                folder.resolve("bird.ctl").toString(), "configure"));
    }

    private String birdConfiguration(String session) throws IOException {
        return Files.writeString(folder.resolve("bird.conf"),
                """
                log "%s" all;
                debug protocols { states, events };
                router id 127.0.0.2;
                listen bgp address 127.0.0.2 port %d;
                protocol device { }
                protocol bgp reflector {
                  local 127.0.0.2 as 64512;
                  neighbor 127.0.0.1 port %d as 64512;
                  connect delay time 1;
                  connect retry time 2;
                  error wait time 1, 2;
                  %s
                }
                """.formatted(folder.resolve("bird.log"), port, port, session)).toString();
    }

    /** As often as that, in all, BIRD has brought the session up, and it is up. */
    private void untilUp(int times) {
        until(() -> ups() == times && isUp());
    }

    private boolean isUp() {
        return reflector.sessions().stream().anyMatch(session -> session.state().equals("Established"));
    }

    private long ups() throws IOException {
        return logged("reflector: State changed to up");
    }

    private long tries() throws IOException {
        return logged("reflector: Connecting to 127.0.0.1");
    }

    private long logged(String what) throws IOException {
        Path log = folder.resolve("bird.log");
        return Files.exists(log) ? Files.readAllLines(log).stream().filter(line -> line.contains(what)).count() : 0;
    }
}
