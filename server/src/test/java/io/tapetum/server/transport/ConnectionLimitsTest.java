package io.tapetum.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.server.config.Configuration;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Open;

/** What becomes of connections that peers open, over real sockets. */
@SuppressWarnings("NullAway.Init") // first in each test
class ConnectionLimitsTest {

    private static final InetAddress REFLECTOR = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress PEER = InetAddress.ofLiteral("127.78.0.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("127.78.0.2");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String HOLD_TIMER_EXPIRED = "ff".repeat(16) + "0015" + "03" + "0400";

    @TempDir
    private Path folder = Path.of("");

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<Socket> sockets = new ArrayList<>();
    private NettyReflector reflector;
    private int port;

    /** Starts a reflector with these limits. */
    private void start(String connections) throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, REFLECTOR)) {
            port = free.getLocalPort();
        }
        reflector = NettyReflector.start(Configuration.load(Files.writeString(folder.resolve("tapetum.conf"),
                """
                tapetum {
                  router-id = 127.0.0.1
                  listen = [ "127.0.0.1:%d" ]
                  restart-deferral = 0 s
                  connections { %s }
                  dynamic-peers = [ { range = "127.78.0.0/24", graceful-restart-time = 0 } ]
                }
                """.formatted(port, connections))), DesiredPeers.NONE, new Surroundings(Keyring.EMPTY, meters));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        reflector.close();
    }

    @Test
    void who_says_nothing_is_told_that_his_time_is_over_and_closed() throws Exception {
        start("open-time = 1 s");
        Socket mute = connect(PEER);

        byte[] last = lastMessage(mute);

        assertThat(HexFormat.of().formatHex(last)).isEqualTo(HOLD_TIMER_EXPIRED);
        closed(mute);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(gauge("tapetum.connections.open")).isZero());
    }

    @Test
    void who_says_an_open_and_nothing_more_is_told_the_same() throws Exception {
        start("open-time = 1 s");
        Socket half = connect(PEER);
        send(half, open(PEER));

        assertThat(HexFormat.of().formatHex(lastMessage(half))).isEqualTo(HOLD_TIMER_EXPIRED);
    }

    @Test
    void a_session_is_open_and_not_half_open_and_outlives_the_time() throws Exception {
        start("open-time = 3 s");
        Socket session = connect(PEER);
        send(session, open(PEER));
        send(session, Keepalive.INSTANCE);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(gauge("tapetum.connections.half.open")).isZero();
            assertThat(gauge("tapetum.connections.open")).isOne();
        });
        Socket mute = connect(OTHER);

        lastMessage(mute); // so its time is over, and the session's would be

        assertThat(reflector.sessions()).filteredOn(status -> status.address().equals(PEER))
                .allMatch(status -> status.isUp()).hasSize(1);
    }

    @Test
    void a_source_with_too_many_half_open_connections_is_refused_the_next_and_another_source_is_not() throws Exception {
        start("per-source = 1, open-time = 60 s");
        connect(PEER);

        closed(connect(PEER));

        assertThat(refused("source-limit")).isOne();
        connect(OTHER);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(gauge("tapetum.connections.half.open")).isEqualTo(2));
        assertThat(refused("source-limit")).isOne();
    }

    @Test
    void with_too_many_half_open_connections_everybody_is_refused_the_next() throws Exception {
        start("half-open = 2, open-time = 60 s");
        connect(PEER);
        connect(OTHER);

        closed(connect(InetAddress.ofLiteral("127.78.0.3")));

        assertThat(refused("half-open-limit")).isOne();
        assertThat(gauge("tapetum.connections.half.open")).isEqualTo(2);
    }

    @Test
    void a_source_that_connects_in_a_loop_is_refused_after_a_while() throws Exception {
        // So a minute has room for three, one each 20 s.
        start("rate = 3");
        for (int i = 1; i <= 3; i++) {
            int accepted = i;
            connect(PEER).close();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(meters.get("tapetum.connections.accepted").counter().count()).isEqualTo(accepted);
                assertThat(gauge("tapetum.connections.open")).isZero();
            });
        }

        closed(connect(PEER));

        assertThat(refused("rate-limit")).isOne();
        assertThat(meters.get("tapetum.connections.accepted").counter().count()).isEqualTo(3);
    }

    @Test
    void a_stranger_is_closed_and_counts_for_nothing_but_the_refusal() throws Exception {
        start("");
        for (int i = 0; i < 20; i++) {
            closed(connect(InetAddress.ofLiteral("127.99.0.1")));
        }

        assertThat(refused("unknown-source")).isEqualTo(20);
        assertThat(gauge("tapetum.connections.open")).isZero();
    }

    private Socket connect(InetAddress from) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(from, 0));
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(REFLECTOR, port));
        return socket;
    }

    private static Open open(InetAddress from) {
        return new Open(Open.VERSION, 64512, 90, from.hashCode(), List.of());
    }

    private static void send(Socket socket, Message message) throws IOException {
        ByteBuf octets = Unpooled.buffer();
        MessageEncoder.write(message, octets);
        octets.readBytes(socket.getOutputStream(), octets.readableBytes());
    }

    /** Reads to the end, and returns the last 21 octets: a NOTIFICATION without data. */
    private static byte[] lastMessage(Socket socket) throws IOException {
        byte[] all = socket.getInputStream().readAllBytes();
        return Arrays.copyOfRange(all, all.length - 21, all.length);
    }

    /** Reads to the end, which may be a reset. */
    private static void closed(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private double refused(String reason) {
        return meters.get("tapetum.connections.refused").tag("reason", reason).counter().count();
    }
}
