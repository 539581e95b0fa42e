package io.tapetum.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.server.StubReflector;

@Timeout(120)
class ControlSocketsTest {

    private static final ClientLimits PATIENT = new ClientLimits(3, Duration.ofMinutes(10), 64);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GREETING = "0001 BIRD 1.6.8 ";

    @TempDir
    private Path folder = Path.of("");

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    private ControlSockets open(ClientLimits limits) throws IOException {
        ControlSockets sockets = ControlSockets.open(folder, new StubReflector(), limits);
        opened.add(sockets);
        return sockets;
    }

    private Path ipv4() {
        return folder.resolve("bird.ctl");
    }

    /** A client that has not been greeted yet. */
    private SocketChannel connect(Path path) throws IOException {
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
        opened.add(client);
        return client;
    }

    private SocketChannel greeted(Path path) throws IOException {
        SocketChannel client = connect(path);
        assertThat(hear(client, "\n")).startsWith(GREETING);
        return client;
    }

    private static void say(SocketChannel client, String text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (octets.hasRemaining()) {
            client.write(octets);
        }
    }

    /** What is heard until it ends like this, or nothing comes any more. */
    private static String hear(SocketChannel client, String end) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        ByteBuffer octets = ByteBuffer.allocate(8192);
        while (!heard.toString(StandardCharsets.UTF_8).endsWith(end) && client.read(octets) >= 0) {
            heard.write(octets.array(), 0, octets.position());
            octets.clear();
        }
        return heard.toString(StandardCharsets.UTF_8);
    }

    /** Whether we were hung up on: in order, or with what we sent unread. */
    private static boolean hungUp(SocketChannel client) {
        try {
            hear(client, "never");
            return true;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("reset");
        }
    }

    private void awaitPlace() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(ipv4()))) {
                assertThat(hear(client, "\n")).startsWith(GREETING);
            }
        });
    }

    @Test
    void each_ip_version_has_a_socket_that_everybody_may_connect_to() throws IOException {
        open(PATIENT);

        for (String name : List.of("bird.ctl", "bird6.ctl")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-rw-rw-");
        }
        SocketChannel four = greeted(ipv4());
        say(four, "show protocols\n");
        assertThat(hear(four, "0000 \n")).contains("Global_10_0_0_11");
        SocketChannel six = greeted(folder.resolve("bird6.ctl"));
        say(six, "show protocols\n");
        assertThat(hear(six, "0000 \n")).contains("spine_1");
    }

    @Test
    void commands_may_come_in_pieces_or_together() throws IOException {
        open(PATIENT);
        SocketChannel client = greeted(ipv4());

        say(client, "restr");
        say(client, "ict\r\nnonsense\nshow protocols nobody\n");

        assertThat(hear(client, "match\n")).isEqualTo(
                "0016 Access restricted\n9001 syntax error\n8003 No protocols match\n");
    }

    @Test
    void without_the_directory_there_are_no_sockets() throws IOException {
        ControlSockets.open(folder.resolve("absent"), new StubReflector()).close();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void closing_hangs_up_and_removes_the_sockets() throws IOException {
        ControlSockets sockets = open(PATIENT);
        SocketChannel client = greeted(ipv4());

        sockets.close();

        assertThat(hungUp(client)).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_socket_that_nobody_listens_on_any_more_is_replaced() throws IOException {
        try (ServerSocketChannel stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(ipv4()));
        }
        assertThat(ipv4()).exists();

        open(PATIENT);

        greeted(ipv4());
    }

    @Test
    void a_socket_where_somebody_answers_is_left_alone() throws IOException {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(folder.resolve("bird6.ctl")));

            assertThatThrownBy(() -> open(PATIENT)).isInstanceOf(IOException.class)
                    .hasMessageContaining("bird6.ctl").hasMessageContaining("somebody answers there");

            assertThat(folder.resolve("bird6.ctl")).exists();
            assertThat(ipv4()).as("the one that had been opened").doesNotExist();
        }
    }

    @Test
    void a_file_that_is_no_socket_is_left_alone() throws IOException {
        Files.writeString(ipv4(), "precious");

        assertThatThrownBy(() -> open(PATIENT)).isInstanceOf(IOException.class).hasMessageContaining("remove it");

        assertThat(ipv4()).hasContent("precious");
    }

    @Test
    void where_no_socket_can_be_made_the_message_says_what_to_do() throws IOException {
        // Root may write everywhere; but the name of a socket has 107 octets at most.
        Path deep = Files.createDirectory(folder.resolve("d".repeat(120)));

        assertThatThrownBy(() -> ControlSockets.open(deep, new StubReflector(), PATIENT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no control socket at " + deep).hasMessageContaining("control.directory = off");
    }

    @Test
    void a_socket_that_took_our_place_is_not_removed() throws IOException {
        ControlSockets sockets = open(PATIENT);
        Files.move(ipv4(), folder.resolve("kept-so-that-its-number-stays"));
        Files.writeString(ipv4(), "another");

        sockets.close();

        assertThat(ipv4()).hasContent("another");
    }

    @Test
    void one_client_too_many_is_hung_up_on_and_the_others_are_not() throws IOException {
        open(PATIENT);
        List<SocketChannel> clients = List.of(greeted(ipv4()), greeted(ipv4()), greeted(ipv4()));

        assertThat(hear(connect(ipv4()), "never")).isEmpty();

        for (SocketChannel client : clients) {
            say(client, "restrict\n");
            assertThat(hear(client, "\n")).isEqualTo("0016 Access restricted\n");
        }
        clients.getFirst().close();
        awaitPlace();
    }

    @Test
    void who_says_nothing_for_long_is_hung_up_on() throws IOException {
        open(new ClientLimits(3, Duration.ofSeconds(3), 64));
        SocketChannel client = connect(ipv4());
        say(client, "show status without an end");

        assertThat(hungUp(client)).isTrue();
    }

    @Test
    void who_does_not_read_is_hung_up_on() throws IOException {
        open(new ClientLimits(1, Duration.ofSeconds(1), 64));
        SocketChannel client = connect(ipv4());
        client.configureBlocking(false);
        ByteBuffer many = ByteBuffer.wrap("show protocols all\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII));

        await().atMost(PATIENCE).untilAsserted(
                () -> assertThatThrownBy(() -> client.write(many.rewind())).hasMessageContaining("Broken pipe"));

        awaitPlace();
    }

    @Test
    void a_line_without_an_end_is_not_kept() throws IOException {
        open(PATIENT);
        SocketChannel client = greeted(ipv4());

        assertThatThrownBy(() -> {
            for (int i = 0; i < 1024; i++) {
                say(client, "x".repeat(1024));
            }
        }).isInstanceOf(IOException.class);

        awaitPlace();
    }

    @Test
    void a_command_of_just_too_many_octets_is_refused() throws IOException {
        open(PATIENT);
        SocketChannel longest = greeted(ipv4());
        SocketChannel tooLong = greeted(ipv4());

        say(longest, "x".repeat(PATIENT.lineOctets() - 1) + "\n");
        say(tooLong, "x".repeat(PATIENT.lineOctets()));

        assertThat(hear(longest, "\n")).isEqualTo("9001 syntax error\n");
        assertThat(hear(tooLong, "\n")).isEqualTo("9000 Command too long\n");
        assertThat(hungUp(tooLong)).isTrue();
    }

    @Test
    void octets_that_are_no_text_are_a_syntax_error() throws IOException {
        open(PATIENT);
        SocketChannel client = greeted(ipv4());

        say(client, "\u0000\u0001\u00ff\u00fe\u001b[2Jshow status\n\"\n'\n");

        assertThat(hear(client, "error\n9001 syntax error\n9001 syntax error\n"))
                .isEqualTo("9001 syntax error\n".repeat(3));
    }

    @Test
    void thousands_of_clients_that_come_and_go_leave_nothing_behind() throws IOException {
        open(PATIENT);

        for (int i = 0; i < 3000; i++) {
            SocketChannel.open(UnixDomainSocketAddress.of(ipv4())).close();
        }

        awaitPlace();
    }
}
