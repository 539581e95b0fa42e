package io.tapetum.interop.flood;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What somebody does to a reflector who wants to keep it busy. Each wave is a connection, or several; who ends it ends it
 * with a reset, so that no port is used up.
 */
final class Attacker {

    private static final int PATIENCE_MILLIS = 1000;
    private static final int GARBAGE_OCTETS = 4096;

    private final InetSocketAddress reflector;
    private final SplittableRandom random;

    Attacker(InetSocketAddress reflector, long seed) {
        this.reflector = reflector;
        this.random = new SplittableRandom(seed);
    }

    /** Connects from any of the 65,534 addresses of 10.80.0.0/16, and goes away. */
    Flood.Wave connectFromAnywhere() {
        SplittableRandom own = random.split();
        return () -> connect(InetAddress.ofLiteral("10.80." + own.nextInt(256) + "." + own.nextInt(1, 255))).close();
    }

    /** Says what is no BGP. */
    Flood.Wave garbage(InetAddress from) {
        SplittableRandom own = random.split();
        return () -> {
            byte[] octets = new byte[GARBAGE_OCTETS];
            own.nextBytes(octets);
            say(from, octets);
        };
    }

    /** Says half an OPEN, and waits. */
    Flood.Wave halfAnOpen(InetAddress from) {
        byte[] open = Messages.open(from);
        return () -> say(from, Arrays.copyOf(open, open.length / 2));
    }

    /** Says a valid OPEN, and waits. */
    Flood.Wave openAndNothingMore(InetAddress from) {
        return () -> say(from, Messages.open(from));
    }

    /** Has a session, and resets it at once. */
    Flood.Wave session(InetAddress from) {
        return () -> {
            try (Socket socket = connect(from)) {
                socket.getOutputStream().write(Messages.open(from));
                socket.getOutputStream().write(Messages.keepalive());
                byte[] openAndKeepalive = new byte[Messages.open(from).length + Messages.keepalive().length];
                socket.getInputStream().readNBytes(openAndKeepalive, 0, openAndKeepalive.length);
            }
        };
    }

    /** Opens many connections and says nothing on any. */
    Flood.Wave manyMuteConnections(InetAddress from, int connections) {
        return () -> {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                sockets.add(connect(from));
            }
            for (Socket socket : sockets) {
                socket.close();
            }
        };
    }

    private void say(InetAddress from, byte[] octets) throws IOException {
        try (Socket socket = connect(from)) {
            socket.getOutputStream().write(octets);
            while (socket.getInputStream().read() >= 0) {
                // Whatever is answered is of no interest, only its end.
            }
        } catch (SocketTimeoutException _) {
            // It is waited for longer than the attacker cares to.
        }
    }

    private Socket connect(InetAddress from) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(from, 0));
            socket.setSoLinger(true, 0);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(reflector, PATIENCE_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
