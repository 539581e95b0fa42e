package io.tapetum.load.start;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.tapetum.load.route.Addresses;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Open;
import io.tapetum.wire.update.UpdateWriter;

/**
 * Two clients that try to connect every few milliseconds from the moment at which a reflector is started. The first one
 * announces a route as soon as its session is up; measured is until the second one has been sent it. Neither offers graceful
 * restart, so no reflector waits for an End-of-RIB.
 */
final class FirstRoute implements AutoCloseable {

    /** Between two attempts: seldom enough to leave the processor to the reflector. */
    private static final Duration PAUSE = Duration.ofMillis(3);
    private static final int HOLD_TIME_SECONDS = 90;
    /** An UPDATE with less has no attributes. */
    private static final int SHORTEST_ANNOUNCEMENT = 40;

    private final InetSocketAddress reflector;
    private final long deadlineNanos;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final List<Thread> clients;
    private volatile boolean closed;
    private volatile long listeningNanos;
    private volatile long routeNanos;
    private volatile String trouble = "nobody could connect";

    /** Starts to try at once. */
    FirstRoute(InetSocketAddress reflector, Duration patience) {
        this.reflector = reflector;
        this.deadlineNanos = System.nanoTime() + patience.toNanos();
        clients = List.of(Thread.ofPlatform().daemon().unstarted(() -> persist(0)),
                Thread.ofPlatform().daemon().unstarted(() -> persist(1)));
        clients.forEach(Thread::start);
    }

    /** When the first connection was accepted, as {@link System#nanoTime}. */
    long listeningNanos() {
        return listeningNanos;
    }

    /**
     * Waits for the route.
     *
     * @return when it was there, as {@link System#nanoTime}
     * @throws IOException if it is too late
     */
    long await() throws IOException, InterruptedException {
        arrived.await();
        if (routeNanos == 0) {
            throw new IOException("no route was reflected in time: " + trouble);
        }
        return routeNanos;
    }

    private void persist(int client) {
        while (!closed) {
            try (Socket socket = new Socket()) {
                socket.setTcpNoDelay(true);
                socket.bind(
                        new InetSocketAddress(InetAddress.ofLiteral(Addresses.toString(Addresses.source(client))), 0));
                socket.connect(reflector);
                converse(client, socket);
            } catch (IOException e) {
                trouble = "client " + client + ": " + e.getMessage();
            }
            if (routeNanos == 0 && System.nanoTime() > deadlineNanos) {
                arrived.countDown();
                return;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Until the connection ends. */
    private void converse(int client, Socket socket) throws IOException {
        synchronized (this) {
            if (listeningNanos == 0) {
                listeningNanos = System.nanoTime();
            }
        }
        socket.setSoTimeout(Math.toIntExact(Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000)));
        DataInputStream in = new DataInputStream(socket.getInputStream());
        send(socket, new Open(Open.VERSION, Addresses.AS, HOLD_TIME_SECONDS, Addresses.identifier(client),
                List.of(new Multiprotocol(Family.IPV4_UNICAST.afi(), Family.IPV4_UNICAST.safi()),
                        new RouteRefreshCapability(), new FourOctetAs(Addresses.AS))));
        boolean announced = client != 0;
        byte[] header = new byte[BgpHeader.HEADER_LENGTH];
        while (!closed) {
            in.readFully(header);
            int length = (header[BgpHeader.LENGTH_OFFSET] & 0xFF) << 8 | header[BgpHeader.LENGTH_OFFSET + 1] & 0xFF;
            in.skipNBytes(length - BgpHeader.HEADER_LENGTH);
            switch (header[BgpHeader.TYPE_OFFSET]) {
                case BgpHeader.OPEN -> send(socket, Keepalive.INSTANCE);
                case BgpHeader.KEEPALIVE -> {
                    if (!announced) {
                        announced = true;
                        announce(client, socket);
                    }
                    socket.setSoTimeout(0);
                }
                case BgpHeader.UPDATE -> {
                    if (client == 1 && length >= SHORTEST_ANNOUNCEMENT && routeNanos == 0) {
                        routeNanos = System.nanoTime();
                        arrived.countDown();
                    }
                }
                case BgpHeader.NOTIFICATION -> throw new IOException("NOTIFICATION");
                default -> {
                }
            }
        }
    }

    /** ORIGIN IGP, an empty AS_PATH, NEXT_HOP, LOCAL_PREF 100; 10.9.0.0/24. */
    private static void announce(int client, Socket socket) throws IOException {
        ByteBuf attributes = Unpooled.wrappedBuffer(HexFormat.of()
                .parseHex("40010100400200400304%08x40050400000064".formatted(Addresses.nextHop(client))));
        ByteBuf update = Unpooled.buffer();
        int start = UpdateWriter.startAnnouncement(update, Family.IPV4_UNICAST, false,
                NextHop.ipv4(Addresses.nextHop(client)), attributes);
        update.writeByte(24).writeByte(10).writeByte(9).writeByte(0);
        UpdateWriter.finishAnnouncement(update, start, Family.IPV4_UNICAST, false, attributes);
        socket.getOutputStream().write(ByteBufUtil.getBytes(update));
    }

    private static void send(Socket socket, Message message) throws IOException {
        ByteBuf out = Unpooled.buffer();
        MessageEncoder.write(message, out);
        socket.getOutputStream().write(ByteBufUtil.getBytes(out));
    }

    /** The sessions end with the reflector. */
    @Override
    public void close() {
        closed = true;
        clients.forEach(Thread::interrupt);
    }
}
