package io.tapetum.server.training;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.GracefulRestart.RestartTuple;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Open;
import io.tapetum.wire.update.UpdateWriter;

/** A client with one route, which says what the BIRD of a calico-node says. */
final class TrainingClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Family FAMILY = Family.IPV4_UNICAST;
    private static final int AS = 64512;
    private static final int HOLD_TIME_SECONDS = 90;
    private static final int RESTART_SECONDS = 120;

    private final Socket socket;
    private final DataInputStream in;
    private final int number;

    private TrainingClient(Socket socket, int number) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.number = number;
    }

    /** Returns when the session is established. */
    static TrainingClient connect(InetSocketAddress reflector, int number) throws IOException {
        Socket socket = new Socket(reflector.getAddress(), reflector.getPort(),
                InetAddress.ofLiteral("127.93.0." + number), 0);
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        TrainingClient client = new TrainingClient(socket, number);
        client.send(new Open(Open.VERSION, AS, HOLD_TIME_SECONDS, 10 << 24 | number,
                List.of(new Multiprotocol(FAMILY.afi(), FAMILY.safi()), new RouteRefreshCapability(),
                        new GracefulRestart(false, false, RESTART_SECONDS,
                                List.of(new RestartTuple(FAMILY.afi(), FAMILY.safi(), true))),
                        new FourOctetAs(AS))));
        client.await(BgpHeader.OPEN, 0);
        client.send(Keepalive.INSTANCE);
        client.await(BgpHeader.KEEPALIVE, 0);
        ByteBuf end = Unpooled.buffer();
        UpdateWriter.writeEndOfRib(end, FAMILY);
        client.send(end);
        return client;
    }

    /** ORIGIN IGP, an empty AS_PATH, itself as NEXT_HOP (not on the loopback interface), MED, LOCAL_PREF 100; 10.9.N.0/26. */
    void announce(int med) throws IOException {
        ByteBuf attributes = Unpooled.wrappedBuffer(HexFormat.of()
                .parseHex("400101004002004003040a0000%02x800404%08x40050400000064".formatted(number, med)));
        ByteBuf update = Unpooled.buffer();
        int start = UpdateWriter.startAnnouncement(update, FAMILY, false, NextHop.ipv4(
                10 << 24 | number), attributes);
        writePrefix(update);
        UpdateWriter.finishAnnouncement(update, start, FAMILY, false, attributes);
        send(update);
    }

    void withdraw() throws IOException {
        ByteBuf update = Unpooled.buffer();
        int start = UpdateWriter.startWithdrawal(update, FAMILY, false);
        writePrefix(update);
        UpdateWriter.finishWithdrawal(update, start, FAMILY, false);
        send(update);
    }

    private void writePrefix(ByteBuf update) {
        update.writeByte(26).writeInt(10 << 24 | 9 << 16 | number << 8);
    }

    /** Until there is an UPDATE with attributes: those of one route are more than an End-of-RIB or a withdrawal has. */
    void awaitRoute() throws IOException {
        await(BgpHeader.UPDATE, 40);
    }

    void awaitWithdrawal() throws IOException {
        int length;
        do {
            length = await(BgpHeader.UPDATE, 24);
        } while (length > 30);
    }

    /** Reads over messages until there is one of this type and so many octets; returns how many it has. */
    private int await(int type, int atLeast) throws IOException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < PATIENCE.toNanos()) {
            byte[] header = in.readNBytes(BgpHeader.HEADER_LENGTH);
            if (header.length < BgpHeader.HEADER_LENGTH) {
                throw new IOException("client " + number + ": the reflector closed the connection");
            }
            int length = (header[BgpHeader.LENGTH_OFFSET] & 0xFF) << 8 | header[BgpHeader.LENGTH_OFFSET + 1] & 0xFF;
            byte[] body = in.readNBytes(length - BgpHeader.HEADER_LENGTH);
            if (header[BgpHeader.TYPE_OFFSET] == BgpHeader.NOTIFICATION) {
                throw new IOException(
                        "client " + number + ": the reflector sent NOTIFICATION " + body[0] + "/" + body[1]);
            }
            if (header[BgpHeader.TYPE_OFFSET] == type && length >= atLeast) {
                return length;
            }
        }
        throw new IOException("client " + number + ": no message of type " + type + " came");
    }

    private void send(Message message) throws IOException {
        ByteBuf out = Unpooled.buffer();
        MessageEncoder.write(message, out);
        send(out);
    }

    private void send(ByteBuf octets) throws IOException {
        socket.getOutputStream().write(ByteBufUtil.getBytes(octets));
    }

    /** Reads what is at a URL. */
    static void get(String url) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
        // Not ready is an answer, too.
        try (var body = connection.getResponseCode() < 400
                ? connection.getInputStream()
                : connection.getErrorStream()) {
            body.readAllBytes();
        }
    }

    /** Without a word, as a node that dies. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
