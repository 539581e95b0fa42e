package io.tapetum.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.core.session.SessionFigures;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Open;

/** What operators are shown of a reflector on real sockets and several event loops. */
@SuppressWarnings("NullAway.Init") // before each test
class MeasuredReflectorTest {

    private static final InetAddress REFLECTOR = InetAddress.ofLiteral("127.0.0.1");
    private static final int CLIENTS = 5;

    /** 10.1.0.0/24 with next hop 192.0.2.1 and LOCAL_PREF 100. */
    private static final String UPDATE = "ff".repeat(16) + "0030" + "02" + "0000" + "0015" + "40010100" + "400200"
            + "400304c0000201" + "40050400000064" + "180a0100";

    private static final int UPDATE_OCTETS = UPDATE.length() / 2;
    /** ORIGINATOR_ID, and CLUSTER_LIST with one cluster. */
    private static final int REFLECTION_OCTETS = 7 + 7;

    private final List<Socket> sockets = new ArrayList<>();
    private NettyReflector reflector;
    private int port;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, REFLECTOR)) {
            port = free.getLocalPort();
        }
        reflector = NettyReflector.start(Configuration.load(Files.writeString(folder.resolve("tapetum.conf"),
                """
                tapetum {
                  router-id = 127.0.0.1
                  listen = [ "127.0.0.1:%d" ]
                  restart-deferral = 0 s
                  event-loops = 3
                  dynamic-peers = [ { range = "127.79.0.0/24", graceful-restart-time = 0 } ]
                }
                """.formatted(port))), DesiredPeers.NONE, new Surroundings(Keyring.EMPTY, new SimpleMeterRegistry()));
        for (int i = 1; i <= CLIENTS; i++) {
            Socket client = connect(InetAddress.ofLiteral("127.79.0." + i));
            send(client, new Open(Open.VERSION, 64512, 90, i, List.of()));
            send(client, Keepalive.INSTANCE);
        }
        await().untilAsserted(() -> assertThat(reflector.sessions()).hasSize(CLIENTS)
                .allSatisfy(session -> assertThat(session.state()).isEqualTo("Established")));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        reflector.close();
    }

    @Test
    void all_sessions_are_in_one_group_and_a_change_is_measured_to_each_and_to_the_last() throws Exception {
        assertThat(reflector.groups()).singleElement()
                .satisfies(group -> assertThat(group.members()).isEqualTo(CLIENTS));

        sockets.getFirst().getOutputStream().write(HexFormat.of().parseHex(UPDATE));

        await().untilAsserted(() -> assertThat(reflector.delays().toLast().count()).isOne());
        assertThat(reflector.delays().toEach().count()).isEqualTo(CLIENTS - 1);
        assertThat(reflector.delays().decision().count()).isOne();
        assertThat(Duration.ofNanos(reflector.delays().toLast().sumNanos())).isBetween(Duration.ofNanos(1),
                Duration.ofSeconds(20));
    }

    @Test
    void what_a_client_sends_and_is_sent_is_counted() throws Exception {
        sockets.getFirst().getOutputStream().write(HexFormat.of().parseHex(UPDATE));
        await().untilAsserted(() -> assertThat(figures("127.79.0." + CLIENTS).sent().messages().update())
                .as("End-of-RIB and the route").isEqualTo(2));

        assertThat(figures("127.79.0.1").received().octets().update()).isEqualTo(UPDATE_OCTETS);
        SessionFigures figures = figures("127.79.0." + CLIENTS);
        byte[] heard = sockets.getLast().getInputStream().readNBytes((int) figures.sent().octets().total());
        assertThat(HexFormat.of().formatHex(heard)).as("the last octets that were counted").endsWith("180a0100");
        assertThat(figures.sent().octets().update())
                .isEqualTo(BgpHeader.HEADER_LENGTH + 4 + UPDATE_OCTETS + REFLECTION_OCTETS);
        assertThat(figures.ups()).isOne();
        assertThat(figures.holdLeft()).isNotNull().isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
        assertThat(figures.families().get(Family.IPV4_UNICAST)).isNotNull()
                .satisfies(family -> assertThat(family.endOfRibSent()).isTrue());
    }

    @Test
    void its_event_loops_are_heard_of() {
        await().untilAsserted(() -> assertThat(reflector.delays().loop().count()).isGreaterThan(3));

        assertThat(reflector.silence()).isBetween(Duration.ZERO, Duration.ofSeconds(10));
    }

    private SessionFigures figures(String address) {
        return reflector.sessions().stream()
                .filter(session -> session.address().equals(InetAddress.ofLiteral(address)))
                .map(SessionStatus::figures).findFirst().orElseThrow();
    }

    private Socket connect(InetAddress from) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(from, 0));
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(REFLECTOR, port));
        return socket;
    }

    private static void send(Socket socket, Message message) throws IOException {
        ByteBuf octets = Unpooled.buffer();
        MessageEncoder.write(message, octets);
        octets.readBytes(socket.getOutputStream(), octets.readableBytes());
    }
}
