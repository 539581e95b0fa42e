package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and a server that belongs to somebody else, so that the way between them can be cut. */
final class TcpRelay implements AutoCloseable {

    private final InetSocketAddress target;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private ServerSocket listening;

    TcpRelay(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = listening.getLocalPort();
        accept(listening);
    }

    int port() {
        return port;
    }

    /** Breaks all connections, and refuses others. */
    void cut() {
        close(listening);
        open.forEach(TcpRelay::close);
        open.clear();
    }

    void mend() {
        if (listening.isClosed()) {
            try {
                listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
                accept(listening);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void accept(ServerSocket on) {
        Thread.ofVirtual().start(() -> {
            while (!on.isClosed()) {
                try {
                    Socket client = on.accept();
                    open.add(client);
                    Socket server = new Socket(target.getAddress(), target.getPort());
                    open.add(server);
                    copy(client, server);
                    copy(server, client);
                } catch (IOException e) {
                    // Either the way was cut, or the server is not there, which the client then sees.
                }
            }
        });
    }

    private static void copy(Socket from, Socket to) {
        Thread.ofVirtual().start(() -> {
            try (from; to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // Both are closed now, which is all that an end of one means.
                return;
            }
        });
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        cut();
    }
}
