package io.tapetum.server.etcd;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import io.tapetum.interop.lab.Toolbox;

/** A member of its own cluster, as a process on loopback. It keeps its data over {@link #kill} and {@link #start}. */
final class EtcdServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final String scheme;
    private final List<String> options;
    private @Nullable Process process;

    EtcdServer(Path folder, int port, String scheme, String... options) {
        this.folder = folder;
        this.port = port;
        this.scheme = scheme;
        this.options = List.of(options);
    }

    /** Gives the test up without an etcd; where nobody reads reasons, in CI, it fails. */
    static void need() {
        boolean here = Toolbox.find("etcd", "etcd").isPresent();
        String reason = "etcd is not here: ./verify fetches it";
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(here, reason);
        }
        Assumptions.assumeTrue(here, reason);
    }

    URI endpoint() {
        return URI.create(scheme + "://127.0.0.1:" + port);
    }

    EtcdServer start() {
        String peers = "http://127.0.0.1:" + (port + 1);
        List<String> command = new ArrayList<>(List.of(Toolbox.command("etcd", "etcd"), "--data-dir",
                folder.resolve("data-" + port).toString(), "--listen-client-urls", endpoint().toString(),
                "--advertise-client-urls", endpoint().toString(), "--listen-peer-urls", peers,
                "--initial-advertise-peer-urls", peers, "--initial-cluster", "default=" + peers));
        command.addAll(options);
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("etcd.log").toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(PATIENCE).until(this::listens);
        return this;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** SIGKILL. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            await().atMost(PATIENCE).until(() -> !running.isAlive());
        }
    }

    @Override
    public void close() {
        kill();
    }
}
