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
public final class Fleet implements AutoCloseable {

    private static final Duration KEEPALIVE_INTERVAL = Duration.ofSeconds(2);
    private static final Duration ANNOUNCE_INTERVAL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NEXT_HOP = "0a4e0001";

    private final List<FleetMember> members = new ArrayList<>();
    private final ConcurrentHashMap<InetAddress, Trip> trips = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int announced;

    /** Opens so many sessions from 10.78.0.1 upwards, and returns when they are Established. */
    public static Fleet open(Host host, int sessions, InetSocketAddress reflector) {
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
    public long ended() {
        return members.stream().filter(FleetMember::ended).count();
    }

    /** Has routes announced for this long, and says how long each took to the last of the peers. */
    Latency measure(Duration time) throws Exception {
        trips.clear();
        long routes = time.dividedBy(ANNOUNCE_INTERVAL);
        ScheduledFuture<?> announcing = clock.scheduleAtFixedRate(() -> {
            if (trips.size() < routes) {
                announce(members.getFirst());
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

    /** Has each of the peers announce so many routes at once, and says how long it took until each had those of all others. */
    public Duration converge(int routesOfEach) {
        trips.clear();
        long began = System.nanoTime();
        for (FleetMember member : members) {
            for (int i = 0; i < routesOfEach; i++) {
                announce(member);
            }
        }
        await().atMost(PATIENCE.multipliedBy(2)).pollInterval(ANNOUNCE_INTERVAL)
                .until(() -> trips.values().stream().allMatch(Trip::isOver));
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void announce(FleetMember member) {
        InetAddress route = InetAddress.ofLiteral("10.200." + (announced >> 8) + "." + (announced & 0xFF));
        announced++;
        trips.put(route, new Trip(members.size() - 1));
        member.send(Messages.announcement(route, NEXT_HOP));
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
