package io.tapetum.interop.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tapetum.interop.lab.Host;

/**
 * A BGP speaker with IPv4 unicast that says exactly the octets it is told to: for messages no daemon would send.
 *
 * <p>It answers nothing but keepalives. Any thread may send.
 */
public final class RawSpeaker implements AutoCloseable {
    private static final int OPEN = 1;
    private static final int KEEPALIVE = 4;
    private static final int PORT = 179;
    private static final int KEEPALIVE_MILLIS = 1000;

    private final Socket socket;
    private final OutputStream out;
    private final List<CapturedMessage> received = new CopyOnWriteArrayList<>();
    /** Written once by the reading thread, read by any: volatile so that it is seen. */
    private volatile boolean ended;

    private RawSpeaker(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
    }

    /** Connects from a host to another and sends OPEN with the capabilities given in hexadecimal. */
    public static RawSpeaker connect(Host from, Host to, long as, String capabilities) {
        Socket socket = from.inside(() -> {
            Socket fresh = new Socket();
            fresh.connect(new InetSocketAddress(InetAddress.ofLiteral(to.ipv4()), PORT), 5000);
            fresh.setTcpNoDelay(true);
            fresh.setSoTimeout(KEEPALIVE_MILLIS);
            return fresh;
        });
        try {
            RawSpeaker speaker = new RawSpeaker(socket);
            speaker.send(open(as, Prefixes.address(from.ipv4()), HexFormat.of().parseHex(capabilities)));
            Thread.ofPlatform().name("raw-speaker").daemon().start(() -> {
                speaker.listen(from.ipv4(), to.ipv4());
                speaker.ended = true;
            });
            return speaker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An OPEN with the plain capabilities, and an address as identifier. */
    static byte[] opening(long as, String identifier) {
        return open(as, Prefixes.address(identifier), HexFormat.of().parseHex(plainCapabilities(as)));
    }

    static byte[] keepalive() {
        return Update.header(19, KEEPALIVE).array();
    }

    /** IPv4 unicast, route refresh and a four-octet AS number. */
    public static String plainCapabilities(long as) {
        return "010400010001" + "0200" + "4104" + HexFormat.of().toHexDigits(as, 8);
    }

    /** Whether the other side has accepted the OPEN. */
    public boolean established() {
        return received.stream().anyMatch(message -> message.type() == KEEPALIVE);
    }

    /** Whether the other side has closed the connection. */
    public boolean ended() {
        return ended;
    }

    public void send(Update update) {
        send(update.message());
    }

    public synchronized void send(byte[] message) {
        try {
            out.write(message);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came so far. */
    public List<CapturedMessage> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(String own, String other) {
        byte[] keepalive = keepalive();
        long sentNs = System.nanoTime() - KEEPALIVE_MILLIS * 1_000_000L;
        boolean opened = false;
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                if (opened && System.nanoTime() - sentNs >= KEEPALIVE_MILLIS * 1_000_000L) {
                    sentNs = System.nanoTime();
                    send(keepalive);
                }
                int first;
                try {
                    first = in.read();
                } catch (SocketTimeoutException e) {
                    continue; // Only between messages: the rest of a message is waited for below.
                }
                if (first < 0) {
                    return;
                }
                CapturedMessage message = rest(in, (byte) first, own, other);
                opened |= message.type() == OPEN;
                received.add(message);
            }
        } catch (IOException | UncheckedIOException e) {
            // Closed by either side: whoever waits for a message sees that none comes.
            return;
        }
    }

    private static CapturedMessage rest(DataInputStream in, byte first, String own, String other) throws IOException {
        byte[] header = new byte[19];
        header[0] = first;
        in.readFully(header, 1, header.length - 1);
        byte[] message = new byte[ByteBuffer.wrap(header).getShort(16) & 0xFFFF];
        System.arraycopy(header, 0, message, 0, header.length);
        in.readFully(message, header.length, message.length - header.length);
        return new CapturedMessage(Instant.now(), other, own, HexFormat.of().formatHex(message));
    }

    /** OPEN (RFC 4271 §4.2) with one capabilities parameter (RFC 5492 §4), a hold time of 90 s and the host's address as identifier. */
    private static byte[] open(long as, byte[] identifier, byte[] capabilities) {
        int length = 29 + 2 + capabilities.length;
        short as2 = (short) (as > 65535 ? 23456 : as);
        return Update.header(length, OPEN).put((byte) 4).putShort(as2).putShort((short) 90).put(identifier)
                .put((byte) (2 + capabilities.length)).put((byte) 2).put((byte) capabilities.length).put(capabilities)
                .array();
    }
}
