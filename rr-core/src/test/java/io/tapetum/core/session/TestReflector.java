package io.tapetum.core.session;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

import io.tapetum.core.Acceptance;
import io.tapetum.core.Reflector;
import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.StopReason;
import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.wire.Family;
import io.tapetum.wire.message.Keepalive;

/** A whole reflector on one loop, AS 64512, router id and cluster id 1.1.1.1, address 10.0.0.254. */
final class TestReflector implements AutoCloseable {

    static final int ROUTER_ID = 0x01010101;

    final ManualLoop loop = new ManualLoop();
    final List<ReflectorEvent> events = new ArrayList<>();
    private final List<PeerSettings> peers = new ArrayList<>();
    private final List<DynamicRange> ranges = new ArrayList<>();
    private Duration restartDeferral = Duration.ZERO;
    private Reflector reflector = build();

    /** A peer given by its address. */
    TestReflector peer(String address, SampleTemplate template) {
        peers.add(new PeerSettings(address, RawUpdate.address(address), null, 179, template.build()));
        reflector = build();
        return this;
    }

    TestReflector range(String network, int prefixLength, int limit, SampleTemplate template) {
        ranges.add(new DynamicRange(network + "/" + prefixLength, RawUpdate.address(network), prefixLength, limit,
                template.build()));
        reflector = build();
        return this;
    }

    /** Holds back End-of-RIB for at most this long after the start. */
    TestReflector restartDeferral(Duration value) {
        restartDeferral = value;
        reflector = build();
        return this;
    }

    private Reflector build() {
        ReflectorSettings settings = new ReflectorSettings(SampleTemplate.AS, ROUTER_ID, SampleTemplate.CLUSTER, peers,
                ranges, false, restartDeferral);
        return new Reflector(settings, List.of(loop), (peer, on, handler) -> {
            throw new AssertionError("all peers are passive");
        }, new SplittableRandom(4456), events::add);
    }

    TestReflector start() {
        reflector.start();
        run();
        return this;
    }

    /** Ends all sessions, so that buffers still held afterwards are leaks, which Netty's detector reports. */
    @Override
    public void close() {
        reflector.stop(new StopReason.Shutdown(""));
        run();
    }

    Reflector reflector() {
        return reflector;
    }

    void run() {
        loop.runAll();
    }

    /** Lets time pass in which these far ends send their KEEPALIVEs, and others do not. */
    void pass(Duration time, RemoteEnd... alive) {
        Duration step = Duration.ofSeconds(30);
        for (Duration left = time; left.isPositive(); left = left.minus(step)) {
            for (RemoteEnd end : alive) {
                end.send(Keepalive.INSTANCE);
            }
            loop.pass(left.compareTo(step) < 0 ? left : step);
        }
    }

    /** A connection from this address that is welcome; OPEN has been sent on it. */
    RemoteEnd connect(String from) {
        Peer peer = accept(from);
        run();
        RemoteEnd end = handIn(peer);
        run();
        return end;
    }

    /** The same while tasks of the loop wait; for a peer that has been started. */
    RemoteEnd connectNow(String from) {
        return handIn(accept(from));
    }

    private Peer accept(String from) {
        if (!(reflector.accept(RawUpdate.address(from)) instanceof Acceptance.Welcome welcome)) {
            throw new AssertionError("refused: " + events.getLast());
        }
        return welcome.peer();
    }

    private RemoteEnd handIn(Peer peer) {
        MemoryConnection connection = new MemoryConnection(RawUpdate.address("10.0.0.254"));
        ConnectionHandler handler = peer.incoming(connection);
        if (handler == null) {
            throw new AssertionError("the peer is not there any more");
        }
        return new RemoteEnd(this, peer.settings().address(), peer.settings().template(), connection, handler);
    }

    /** An Established session for IPv4 with everything sent that there is to send. */
    RemoteEnd session(String from) {
        RemoteEnd end = connect(from).establish();
        end.heard();
        return end;
    }

    PeerStatus status(String address) {
        InetAddress wanted = RawUpdate.address(address);
        return reflector.status().filter(status -> status.peer().address().equals(wanted)).findFirst()
                .orElseThrow();
    }

    int accepted(String address, Family family) {
        return status(address).accepted(family);
    }

    /** The events of this type that satisfy the condition. */
    <E extends ReflectorEvent> List<E> events(Class<E> type, Predicate<E> condition) {
        return events.stream().filter(type::isInstance).map(type::cast).filter(condition).toList();
    }
}
