package io.tapetum.load.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.tapetum.load.relay.Reflection;
import io.tapetum.load.relay.Relay;

class FirstRouteTest {

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    @Test
    void clients_that_try_before_anybody_listens_are_there_as_soon_as_somebody_does() throws Exception {
        int port = freePort();
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        try (FirstRoute first = new FirstRoute(address, Duration.ofSeconds(30))) {
            assertThat(first.listeningNanos()).isZero();
            long begun = System.nanoTime();

            try (Relay _ = new Relay(port, Reflection::right)) {
                long route = first.await();

                assertThat(first.listeningNanos()).isBetween(begun, route);
            }
        }
    }

    @Test
    void a_route_that_never_comes_is_a_failure_with_a_reason() throws Exception {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), freePort());

        try (FirstRoute first = new FirstRoute(nobody, Duration.ofMillis(50))) {
            assertThatThrownBy(first::await).isInstanceOf(IOException.class).hasMessageContaining("refused");
        }
    }
}
