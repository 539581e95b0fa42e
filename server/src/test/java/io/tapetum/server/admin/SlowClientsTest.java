package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.server.StubTapetum;

/**
 * Clients that take their time, or too much of everything. The endpoint is in a process of its own, because Java's HTTP
 * server reads its limits only once; the times are shorter there than usual, which is an operator's right.
 */
class SlowClientsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final List<Socket> sockets = new ArrayList<>();
    private int port;

    @SuppressWarnings("NullAway.Init") // before each test
    private Process process;

    @BeforeEach
    void start() throws IOException {
        start(3);
    }

    /** Starts the endpoint, which waits so many seconds for a whole request. */
    private void start(int maxReqTime) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("tapetum.conf"),
                "tapetum { router-id = 10.0.0.1, admin.listen = \"127.0.0.1:" + port + "\" }");
        process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsun.net.httpserver.maxReqTime=" + maxReqTime, "-Dsun.net.httpserver.idleInterval=3",
                "-Dsun.net.httpserver.clockTick=500", "-cp", System.getProperty("java.class.path"),
                StubTapetum.class.getName(), "run", "-c", file.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        await().atMost(PATIENCE).until(this::answers);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        process.destroyForcibly();
    }

    private boolean answers() {
        try {
            return RawRequest.to(port, "GET /v1/sessions HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .startsWith("HTTP/1.1 200 ");
        } catch (IOException _) {
            return false;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Whether the other side has hung up. */
    private static boolean closed(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            while (socket.getInputStream().read() >= 0) {
                // An answer, before the end.
            }
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (SocketException _) {
            return true;
        }
    }

    @Test
    void whoever_sends_a_header_one_letter_at_a_time_delays_nobody_and_is_cut_off() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Socket socket = connect();
            write(socket, "GET /v1/sessions HTTP/1.1\r\nHost: local");
            slow.add(socket);
        }

        assertThat(answers()).isTrue();

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            for (Socket socket : slow) {
                if (!closed(socket)) {
                    trickle(socket, "x");
                    return false;
                }
            }
            return true;
        });
        assertThat(answers()).isTrue();
    }

    @Test
    void whoever_sends_a_body_slowly_is_cut_off() throws IOException {
        Socket socket = connect();
        write(socket, "POST /v1/drain HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nu");

        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            trickle(socket, "x");
            return closed(socket);
        });
        assertThat(answers()).as("and nothing was drained").isTrue();
    }

    @Test
    void whoever_connects_and_says_nothing_is_cut_off() throws IOException {
        Socket socket = connect();

        await().atMost(PATIENCE).until(() -> closed(socket));
    }

    @Test
    void there_are_never_more_connections_than_may_be_and_room_again_when_they_end() throws IOException {
        for (int i = 0; i < 200; i++) {
            connect();
        }

        await().atMost(PATIENCE).until(() -> {
            int ended = 0;
            for (Socket socket : sockets) {
                ended += closed(socket) ? 1 : 0;
            }
            return ended >= 200 - 128;
        });
        await().atMost(PATIENCE).until(this::answers);
    }

    @Test
    void a_header_without_end_is_cut_off_before_its_time_is_over() throws IOException {
        stop();
        start((int) PATIENCE.multipliedBy(10).toSeconds());
        Socket socket = connect();
        write(socket, "GET /v1/sessions HTTP/1.1\r\nHost: localhost\r\nX: ");
        String block = "x".repeat(1024);

        await().atMost(PATIENCE).until(() -> {
            for (int i = 0; i < 64; i++) {
                trickle(socket, block);
            }
            return closed(socket);
        });
        assertThat(answers()).isTrue();
    }

    private static void trickle(Socket socket, String text) {
        try {
            write(socket, text);
        } catch (IOException _) {
            // Cut off meanwhile.
        }
    }
}
