package io.tapetum.interop.reflector;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;

/** Waits for a daemon to listen for BGP. */
final class Listening {
    private static final int PORT = 179;

    private Listening() {}

    /** Returns when connections to the host's loopback are taken; nobody is configured there, so none is kept. */
    static void await179(Host host, Daemon daemon) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            if (!daemon.alive()) {
                throw new IllegalStateException("It ended at its start: " + daemon.printed());
            }
            return host.inside(() -> {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), PORT), 1000);
                    return true;
                } catch (IOException e) {
                    return false;
                }
            });
        });
    }
}
