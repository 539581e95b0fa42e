package io.tapetum.interop.flood;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.tapetum.interop.lab.Host;

/**
 * Peers that behave: each has a session from an address of its own, sends its KEEPALIVEs, and notes when routes come. The
 * first of them announces the routes.
 */
final class Fleet implements AutoCloseable {

    private static final Duration KEEPALIVE_INTERVAL = Duration.ofSeconds(2);
    private static final Duration ANNOUNCE_INTERVAL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NEXT_HOP = "0a4e0001";

    private final List<FleetMember> members = new ArrayList<>();
    private final ConcurrentHashMap<InetAddress, Trip> trips = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int announced;

    /** Opens so many sessions from 10.78.0.1 upwards, and returns when they are Established. */
    static Fleet open(Host host, int sessions, InetSocketAddress reflector) {
        Fleet fleet = new Fleet();
        host.inside(() -> {
            for (int i = 1; i <= sessions; i++) {
                fleet.join(InetAddress.ofLiteral("10.78.0." + i), reflector);
            }
            return null;
        });
        await().atMost(PATIENCE).until(() -> fleet.members.stream().allMatch(FleetMember::established));
        return fleet;
    }

    private Fleet() {
        var _ = clock.scheduleAtFixedRate(() -> members().forEach(member -> member.send(Messages.keepalive())), 1,
                KEEPALIVE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void join(InetAddress address, InetSocketAddress reflector) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.setTcpNoDelay(true);
        socket.connect(reflector);
        FleetMember member = new FleetMember(socket, this::arrived);
        member.send(Messages.open(address));
        Thread.ofVirtual().name("peer " + address.getHostAddress()).start(member::read);
        synchronized (members) {
            members.add(member);
        }
    }

    private List<FleetMember> members() {
        synchronized (members) {
            return members.stream().filter(FleetMember::established).toList();
        }
    }

    /** How many of the sessions have ended. */
    long ended() {
        return members.stream().filter(FleetMember::ended).count();
    }

    /** Has routes announced for this long, and says how long each took to the last of the peers. */
    Latency measure(Duration time) throws Exception {
        trips.clear();
        long routes = time.dividedBy(ANNOUNCE_INTERVAL);
        ScheduledFuture<?> announcing = clock.scheduleAtFixedRate(() -> {
            if (trips.size() < routes) {
                announce();
            }
        }, 0, ANNOUNCE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        try {
            await().atMost(time.plus(PATIENCE)).pollInterval(ANNOUNCE_INTERVAL).until(
                    () -> trips.size() == routes && trips.values().stream().allMatch(Trip::isOver));
        } finally {
            announcing.cancel(false);
        }
        return Latency.of(trips.values().stream().map(Trip::duration).toList());
    }

    private void announce() {
        InetAddress route = InetAddress.ofLiteral("10.200." + (announced >> 8) + "." + (announced & 0xFF));
        announced++;
        trips.put(route, new Trip(members.size() - 1));
        members.getFirst().send(Messages.announcement(route, NEXT_HOP));
    }

    private void arrived(InetAddress route) {
        Trip trip = trips.get(route);
        if (trip != null) {
            trip.arrivedAtOne();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        members.forEach(FleetMember::close);
    }
}
