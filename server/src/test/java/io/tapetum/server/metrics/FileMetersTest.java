package io.tapetum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class FileMetersTest {

    /** More than anything else in the process opens or closes in between. */
    private static final int SOCKETS = 200;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    @Test
    void sockets_are_counted_and_there_may_be_more() throws IOException {
        FileMeters.bindTo(meters);
        double before = gauge("process.files.open");
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < SOCKETS; i++) {
                sockets.add(new ServerSocket(0));
            }

            assertThat(gauge("process.files.open")).isBetween(before + SOCKETS / 2, before + 2 * SOCKETS);
            assertThat(gauge("process.files.max")).isGreaterThan(gauge("process.files.open"));
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
