package io.tapetum.server.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Requests as they are written, which HTTP clients would not send. */
final class RawRequest {

    private static final int PATIENCE_MS = 20_000;

    private RawRequest() {}

    /** Sends a request to a port of the loopback interface, and returns the first octets of the answer. */
    static String to(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(16), StandardCharsets.ISO_8859_1);
        }
    }
}
