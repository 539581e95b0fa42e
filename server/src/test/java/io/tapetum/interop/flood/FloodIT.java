package io.tapetum.interop.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Lab;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.transport.NettyReflector;

/**
 * Two hundred sessions with a hold time of nine seconds, and somebody who floods the reflector meanwhile. Every session
 * stays up, a route still reaches all of them in good time, and nothing piles up.
 *
 * <p>The reflector runs in this process, on a host of the lab. {@code -Dtapetum.flood.limits=off} shows what the kernel
 * and the state machine do alone; the tests that count refusals then fail.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FloodIT {

    private static final int SESSIONS = 200;
    private static final Duration FLOOD = Duration.ofSeconds(6);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Half of all routes. A machine of continuous integration has few cores, of which flood, peers and reflector all want some. */
    private static final Duration IN_GOOD_TIME = Duration.ofMillis(500);

    /** All but the slowest hundredth: no longer than until peers would miss KEEPALIVEs. */
    private static final Duration IN_TIME = Duration.ofSeconds(Messages.HOLD_SECONDS / 2);

    /** Heap that may be in use beyond what was before the flood: some thousand connections of the test's own among it. */
    private static final long SLACK_OCTETS = 48L << 20;

    /** Lines in the log while a flood lasts, a few for each connection that became a session at the worst. */
    private static final int LINES = 200;

    private static final String LIMITS = "off".equals(System.getProperty("tapetum.flood.limits"))
            ? "connections { half-open = 1000000, per-source = 1000, rate = 6000, open-time = 1 h }"
            : "";

    private final long seed = ThreadLocalRandom.current().nextLong();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Lab lab = new Lab("FloodIT");
    private final Host rr = lab.host("rr", 1);
    private final Host peers = lab.host("peers", 2);
    private final Host attackers = lab.host("attackers", 3);
    private final InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(rr.ipv4()), 179);
    private final Attacker attacker = new Attacker(address, seed);

    @SuppressWarnings("NullAway.Init") // before all tests
    private NettyReflector reflector;
    @SuppressWarnings("NullAway.Init") // before all tests
    private Fleet fleet;
    private long quietHeap;

    @BeforeAll
    void two_hundred_sessions_are_up() throws Exception {
        System.out.println("seed of the floods: " + seed);
        Optional<String> obstacle = Lab.obstacle();
        Assumptions.assumeTrue(obstacle.isEmpty(), obstacle.orElse(""));
        lab.open();
        // Whole networks of addresses, without adding each: every one of them is the host's own.
        ownAndReach(peers, "10.78.0.0/16");
        ownAndReach(attackers, "10.79.0.0/16", "10.80.0.0/16");
        rr.run(Toolbox.ip(), "route", "add", "198.18.0.0/15", "via", attackers.ipv4());
        Path file = rr.write("tapetum.conf",
                """
                tapetum {
                  router-id = "%s"
                  listen = [ "%s:179" ]
                  restart-deferral = 0 s
                  %s
                  peer-defaults { hold-time = %d s }
                  dynamic-peers = [ { range = "10.78.0.0/16" }, { range = "10.79.0.0/16" } ]
                }
                """.formatted(rr.ipv4(), rr.ipv4(), LIMITS, Messages.HOLD_SECONDS));
        reflector = rr.inside(() -> NettyReflector.start(Configuration.load(file), DesiredPeers.NONE,
                new Surroundings(Keyring.EMPTY, meters)));
        fleet = Fleet.open(peers, SESSIONS, address);
        System.out.println("quiet: " + fleet.measure(Duration.ofSeconds(3)));
        quietHeap = heap();
    }

    private void ownAndReach(Host host, String... networks) {
        for (String network : networks) {
            host.run(Toolbox.ip(), "route", "add", "local", network, "dev", "lo");
            rr.run(Toolbox.ip(), "route", "add", network, "via", host.ipv4());
        }
    }

    @AfterEach
    void nothing_is_left_of_the_flood() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(meters.get("tapetum.connections.open").gauge().value()).isEqualTo(SESSIONS);
            assertThat(meters.get("tapetum.connections.half.open").gauge().value()).isZero();
            assertThat(reflector.sessions()).filteredOn(SessionStatus::isUp).hasSize(SESSIONS);
        });
        nothingPilesUp();
    }

    /** Between the collection of garbage and the look at what is left, others go on making some. */
    private void nothingPilesUp() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heap()).isLessThan(quietHeap + SLACK_OCTETS));
    }

    @AfterAll
    void stop() {
        if (fleet != null) {
            fleet.close();
        }
        if (reflector != null) {
            reflector.close();
        }
        lab.close();
    }

    @Test
    void syns_that_nobody_goes_on_with() throws Exception {
        long cookies = cookies();

        long packets = nobodyNoticed("SYNs", List.of(new SynSender(address, seed))) * SynSender.burst();

        assertThat(packets).isGreaterThan(10_000);
        assertThat(cookies()).as("SYN cookies: the queue was full").isGreaterThan(cookies);
    }

    @Test
    void connections_of_strangers() throws Exception {
        long waves = nobodyNoticed("strangers",
                List.of(attacker.connectFromAnywhere(), attacker.connectFromAnywhere()));

        assertThat(waves).isGreaterThan(1000);
        assertThat(refused("unknown-source")).isGreaterThan(1000);
        assertThat(reflector.sessions()).as("peers made for strangers")
                .noneMatch(session -> session.address().getHostAddress().startsWith("10.80."));
    }

    @Test
    void peers_that_say_nonsense_or_half_of_it_or_nothing_more_or_come_over_and_over() throws Exception {
        nobodyNoticed("bad peers",
                List.of(attacker.garbage(bad(1)), attacker.halfAnOpen(bad(2)), attacker.openAndNothingMore(bad(3)),
                        attacker.session(bad(4))));

        assertThat(refused("rate-limit")).isGreaterThan(100);
        assertThat(refused("held-down")).isPositive();
    }

    @Test
    void a_peer_that_opens_a_thousand_connections_and_says_nothing() throws Exception {
        nobodyNoticed("mute connections", List.of(attacker.manyMuteConnections(bad(5), 1000)));

        assertThat(refused("source-limit") + refused("rate-limit")).isGreaterThan(900);
    }

    /** Floods while routes are announced. Returns how many waves there were. */
    private long nobodyNoticed(String name, List<Flood.Wave> waves) throws Exception {
        LogLines lines = LogLines.count();
        double refused = allRefused();
        double accepted = meters.get("tapetum.connections.accepted").counter().count();
        try (Flood flood = Flood.of(attackers, waves)) {
            Latency latency = fleet.measure(FLOOD);

            System.out.printf(
                    "%s: %s; %d waves, %.0f refused, %.0f accepted, %.0f half-open, %d MiB of heap, %d lines%n", name,
                    latency, flood.waves(), allRefused() - refused,
                    meters.get("tapetum.connections.accepted").counter().count() - accepted,
                    meters.get("tapetum.connections.half.open").gauge().value(), heap() >> 20, lines.sum());
            assertThat(lines.sum()).as("lines in the log").isLessThan(LINES);
            assertThat(fleet.ended()).as("sessions that ended").isZero();
            assertThat(latency.median()).isLessThan(IN_GOOD_TIME);
            assertThat(latency.p99()).isLessThan(IN_TIME);
            nothingPilesUp();
            return flood.waves();
        } finally {
            lines.close();
        }
    }

    private static InetAddress bad(int number) {
        return InetAddress.ofLiteral("10.79.0." + number);
    }

    private double refused(String reason) {
        return meters.get("tapetum.connections.refused").tag("reason", reason).counter().count();
    }

    private double allRefused() {
        return meters.get("tapetum.connections.refused").counters().stream().mapToDouble(counter -> counter.count())
                .sum();
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** SYN cookies that the reflector's host has sent: two lines of names and numbers, in the same order. */
    private long cookies() {
        List<String[]> lines = rr.run("cat", "/proc/net/netstat").lines().filter(line -> line.startsWith("TcpExt:"))
                .map(line -> line.split(" ", -1)).toList();
        int column = Arrays.asList(lines.getFirst()).indexOf("SyncookiesSent");
        return Long.parseLong(lines.getLast()[column]);
    }
}
