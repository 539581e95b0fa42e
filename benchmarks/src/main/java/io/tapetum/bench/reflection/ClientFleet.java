package io.tapetum.bench.reflection;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.bench.routes.Updates;
import io.tapetum.core.Acceptance;
import io.tapetum.core.Reflector;
import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Open;

/** A reflector with Established sessions to so many clients, all on one event loop, and no network between them. */
final class ClientFleet {

    private static final int CLUSTER = 1;
    private static final byte[] REFLECTOR = {(byte) 192, (byte) 168, 0, 1};
    private static final int FIRST_CLIENT = 172 << 24 | 16 << 16 | 1;

    private final ManualLoop loop = new ManualLoop();
    private final List<ConnectionHandler> handlers = new ArrayList<>();
    private final List<CountingConnection> connections = new ArrayList<>();

    ClientFleet(int clients) {
        Reflector reflector = new Reflector(settings(clients), List.of(loop), (_, _, _) -> {
            throw new IllegalStateException("the reflector connected to a client");
        }, new SplittableRandom(1), _ -> {
        });
        reflector.start();
        for (int i = 0; i < clients; i++) {
            connect(reflector, FIRST_CLIENT + i);
        }
    }

    private void connect(Reflector reflector, int address) {
        if (!(reflector.accept(inet(address)) instanceof Acceptance.Welcome welcome)) {
            throw new IllegalStateException("a client was refused");
        }
        loop.runAll();
        CountingConnection connection = new CountingConnection(inet(REFLECTOR));
        ConnectionHandler handler = welcome.peer().incoming(connection);
        if (handler == null) {
            throw new IllegalStateException("a client was refused");
        }
        send(handler, new Open(Open.VERSION, (int) Updates.AS, 0, address, List.of(
                new Capability.Multiprotocol(Family.IPV4_UNICAST.afi(), Family.IPV4_UNICAST.safi()),
                new Capability.FourOctetAs(Updates.AS))));
        send(handler, Keepalive.INSTANCE);
        loop.runAll();
        handlers.add(handler);
        connections.add(connection);
    }

    /** Lets a client send an UPDATE; the others are sent it in the next round. */
    void receive(int client, ByteBuf frame) {
        handlers.get(client).received(frame);
    }

    /** One flush round of all clients. */
    void flushRound() {
        loop.runAll();
    }

    /** What a client was sent so far. */
    long octetsSentTo(int client) {
        return connections.get(client).octetsTaken();
    }

    private static void send(ConnectionHandler handler, Message message) {
        ByteBuf frame = Unpooled.buffer();
        MessageEncoder.write(message, frame);
        handler.received(frame);
    }

    private static ReflectorSettings settings(int clients) {
        // No hold time, so that nobody waits for a KEEPALIVE.
        SessionTimers timers = new SessionTimers(0, Duration.ofMinutes(4), Duration.ofSeconds(5),
                Duration.ofMinutes(2), Duration.ZERO, Duration.ZERO);
        ExternalPolicy unused = new ExternalPolicy(NextHopMode.SELF, NextHopMode.KEEP, false, 100, true);
        PeerTemplate client = new PeerTemplate("clients", Updates.AS, Updates.AS, PeerRole.CLIENT, CLUSTER, true,
                Set.of(Family.IPV4_UNICAST), ConnectMode.PASSIVE, 255, false, false, 0, false, 0, 0, timers, Map.of(),
                unused, Protection.NONE);
        DynamicRange range = new DynamicRange("clients", inet(FIRST_CLIENT - 1), 12, clients, client);
        return new ReflectorSettings(Updates.AS, 1, CLUSTER, List.of(), List.of(range), false);
    }

    private static InetAddress inet(int address) {
        return inet(new byte[]{(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8),
                (byte) address});
    }

    private static InetAddress inet(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + octets.length + " octets", e);
        }
    }
}
