package io.tapetum.load.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/**
 * Where and for whom a daemon runs.
 *
 * @param folder that it has to itself
 * @param port that it listens on, at 127.0.0.1
 * @param controlPort one more for those that need it
 * @param clients how many there will be, at most
 */
record Setting(Path folder, int port, int controlPort, int clients) {

    /** 127.0.0.1. */
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    /** A TCP port of 127.0.0.1 that nobody uses at the moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }
}
