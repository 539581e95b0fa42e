package io.tapetum.server.datastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.etcd.EtcdServer;
import io.tapetum.server.reflector.Alone;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerFeed;
import io.tapetum.server.source.PeerSource;
import io.tapetum.server.transport.NettyReflector;

/** A thousand Nodes in a real etcd, a session with each, and changes that concern one of them or none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThousandNodesIT {

    private static final int NODES = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** From the write of a change to its end in the sessions, as docs/conformance.md says. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static final String RESOURCES = "/calico/resources/v3/projectcalico.org/";
    private static final InetAddress REFLECTOR = InetAddress.ofLiteral("127.0.0.1");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<InetAddress, NodeConnection> connections = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // before all tests
    private EtcdServer etcd;
    @SuppressWarnings("NullAway.Init") // before all tests
    private PeerSource source;
    @SuppressWarnings("NullAway.Init") // before all tests
    private RunningReflector reflector;

    @BeforeAll
    void thousand_sessions_are_up(@TempDir Path folder) throws Exception {
        EtcdServer.need();
        etcd = new EtcdServer(folder, 23860, "http").start();
        put("bgppeers/rr", "{\"spec\": {\"peerIP\": \"127.0.0.1\", \"nodeSelector\": \"!has(drained)\"}}");
        for (int i = 0; i < NODES; i++) {
            putNode(i, "{}");
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, REFLECTOR)) {
            port = free.getLocalPort();
        }
        ServerSettings settings = Configuration.load(Files.writeString(folder.resolve("tapetum.conf"),
                """
                tapetum {
                  addresses.ipv4 = 127.0.0.1
                  listen = [ "127.0.0.1:%d" ]
                  peer-defaults { hold-time = 1 h, connect = passive }
                  datastore { type = etcd-v3, etcd.endpoints = [ "%s" ] }
                }
                """.formatted(port, etcd.endpoint())));
        source = Objects.requireNonNull(PeerSources.of(settings));
        PeerFeed feed = new PeerFeed();
        source.follow(feed);
        DesiredPeers first = feed.await(PATIENCE);
        assertThat(first).isNotNull();
        reflector = NettyReflector.start(settings, first, Alone.surroundings());
        feed.feed(reflector::reconcile);
        for (int i = 0; i < NODES; i++) {
            connections.put(address(i), NodeConnection.open(address(i), new InetSocketAddress(REFLECTOR, port)));
        }
        await().atMost(PATIENCE).until(() -> uptimes().size() == NODES);
    }

    @AfterAll
    void stop() throws IOException {
        for (NodeConnection connection : connections.values()) {
            connection.close();
        }
        if (reflector != null) {
            source.close();
            reflector.close();
        }
        if (etcd != null) {
            etcd.close();
        }
    }

    @Test
    @Order(1)
    void a_label_ends_the_session_of_its_node_and_of_nobody_else() throws Exception {
        Map<InetAddress, Duration> before = uptimes();

        putNode(7, "{\"drained\": \"true\"}");

        atOnce(() -> !uptimes().containsKey(address(7)));
        theOthersWentOn(before, 7);
    }

    @Test
    @Order(2)
    void a_deleted_node_is_the_only_one_that_is_told() throws Exception {
        Map<InetAddress, Duration> before = uptimes();

        delete("nodes/node-8");

        atOnce(() -> !uptimes().containsKey(address(8)));
        theOthersWentOn(before, 8);
    }

    @Test
    @Order(3)
    void a_new_node_is_known_at_once() throws Exception {
        Map<InetAddress, Duration> before = uptimes();

        putNode(8, "{}");

        atOnce(() -> reflector.sessions().stream().anyMatch(session -> session.address().equals(address(8))));
        theOthersWentOn(before, 8);
    }

    @Test
    @Order(4)
    void where_all_nodes_listen_can_change_without_touching_a_session() throws Exception {
        Map<InetAddress, Duration> before = uptimes();

        put("bgpconfigurations/default", "{\"spec\": {\"listenPort\": 1790}}");

        atOnce(() -> reflector.sessions().stream().allMatch(session -> session.port() == 1790));
        theOthersWentOn(before, -1);
    }

    @Test
    @Order(5)
    void no_session_notices_that_the_datastore_is_gone_and_back() throws Exception {
        Map<InetAddress, Duration> before = uptimes();

        etcd.kill();
        await().atMost(PATIENCE).until(() -> source.status().state().toString().equals("LOST"));
        etcd.start();
        await().atMost(PATIENCE).until(() -> source.status().state().toString().equals("LIVE"));

        theOthersWentOn(before, -1);
    }

    private static void atOnce(Callable<Boolean> condition) {
        await().atMost(AT_ONCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    private void theOthersWentOn(Map<InetAddress, Duration> before, int changed) {
        Map<InetAddress, Duration> now = uptimes();
        before.forEach((address, uptime) -> {
            if (changed < 0 || !address.equals(address(changed))) {
                assertThat(now.get(address)).as(address.getHostAddress()).isNotNull().isGreaterThanOrEqualTo(uptime);
                assertThat(connections.get(address)).matches(connection -> !connection.isEnded());
            }
        });
    }

    /** How long each session has been Established. */
    private Map<InetAddress, Duration> uptimes() {
        Map<InetAddress, Duration> uptimes = new HashMap<>();
        for (SessionStatus session : reflector.sessions()) {
            if (session.state().equals("Established")) {
                uptimes.put(session.address(), session.uptime());
            }
        }
        return uptimes;
    }

    private static InetAddress address(int node) {
        return InetAddress.ofLiteral("127.77." + node / 200 + "." + (node % 200 + 1));
    }

    private void putNode(int node, String labels) throws Exception {
        put("nodes/node-" + node, "{\"metadata\": {\"labels\": %s}, \"spec\": {\"bgp\": {\"ipv4Address\": \"%s/8\"}}}"
                .formatted(labels, address(node).getHostAddress()));
    }

    private void put(String key, String value) throws Exception {
        ask("put", "{\"key\": \"" + base64(RESOURCES + key) + "\", \"value\": \"" + base64(value) + "\"}");
    }

    private void delete(String key) throws Exception {
        ask("deleterange", "{\"key\": \"" + base64(RESOURCES + key) + "\"}");
    }

    private void ask(String command, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(etcd.endpoint() + "/v3/kv/" + command))
                .POST(BodyPublishers.ofString(body)).build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
