package io.tapetum.interop.flood;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import io.tapetum.wire.BgpHeader;

/** One session of a {@link Fleet}. Any thread may send. */
final class FleetMember {

    private final Socket socket;
    private final Consumer<InetAddress> arrivals;

    // Set by the thread that reads, asked by others.
    private volatile boolean established;
    private volatile boolean ended;

    FleetMember(Socket socket, Consumer<InetAddress> arrivals) {
        this.socket = socket;
        this.arrivals = arrivals;
    }

    boolean established() {
        return established;
    }

    boolean ended() {
        return ended;
    }

    synchronized void send(byte[] message) {
        try {
            socket.getOutputStream().write(message);
        } catch (IOException e) {
            ended = true;
        }
    }

    /** Reads until the session ends. */
    void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            byte[] header = new byte[BgpHeader.HEADER_LENGTH];
            while (true) {
                in.readFully(header);
                byte[] body = new byte[ByteBuffer.wrap(header).getShort(BgpHeader.LENGTH_OFFSET) - header.length];
                in.readFully(body);
                switch (header[BgpHeader.TYPE_OFFSET]) {
                    case BgpHeader.OPEN -> send(Messages.keepalive());
                    case BgpHeader.UPDATE -> updated(ByteBuffer.wrap(body));
                    default -> established = true;
                }
            }
        } catch (IOException _) {
            ended = true;
        }
    }

    /** Notes every /32 that is announced. */
    private void updated(ByteBuffer body) throws IOException {
        skip(body);
        skip(body);
        byte[] address = new byte[4];
        while (body.hasRemaining()) {
            body.get();
            body.get(address);
            arrivals.accept(InetAddress.getByAddress(address));
        }
    }

    private static void skip(ByteBuffer body) {
        int length = body.getShort() & 0xFFFF;
        body.position(body.position() + length);
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
