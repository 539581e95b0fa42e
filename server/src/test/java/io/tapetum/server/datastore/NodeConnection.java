package io.tapetum.server.datastore;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Open;

/** The least that is a BGP session: it opens one from its own address, and reads until it is closed. */
final class NodeConnection implements AutoCloseable {

    private static final int AS = 64512;

    /** So long that nobody has to send KEEPALIVEs while a test runs. */
    private static final int HOLD_SECONDS = 3600;

    private final Socket socket;

    // Set by the thread that reads, asked by that of the test.
    private volatile boolean ended;

    private NodeConnection(Socket socket) {
        this.socket = socket;
    }

    static NodeConnection open(InetAddress from, InetSocketAddress reflector) {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(reflector);
            NodeConnection connection = new NodeConnection(socket);
            int identifier = ByteBuffer.wrap(((Inet4Address) from).getAddress()).getInt();
            connection.send(new Open(4, AS, HOLD_SECONDS, identifier,
                    List.of(new Capability.Multiprotocol(1, 1), new Capability.FourOctetAs(AS))));
            Thread.ofVirtual().name("node " + from.getHostAddress()).start(connection::read);
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the reflector has ended it. */
    boolean isEnded() {
        return ended;
    }

    private void read() {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] header = new byte[BgpHeader.HEADER_LENGTH];
            while (true) {
                in.readFully(header);
                int length = ByteBuffer.wrap(header).getShort(BgpHeader.LENGTH_OFFSET);
                in.skipNBytes(length - header.length);
                if (header[BgpHeader.TYPE_OFFSET] == BgpHeader.OPEN) {
                    send(Keepalive.INSTANCE);
                }
            }
        } catch (IOException _) {
            ended = true;
        }
    }

    private void send(Message message) throws IOException {
        ByteBuf octets = Unpooled.buffer();
        MessageEncoder.write(message, octets);
        octets.readBytes(socket.getOutputStream(), octets.readableBytes());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
