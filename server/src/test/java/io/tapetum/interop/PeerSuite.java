package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Lab;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.Neighbour;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.speaker.SeenRoute;

/**
 * A suite with one kind of daemon. Subclasses declare hosts, daemons and reflectors in fields, and start them in a
 * {@link BeforeAll} method; the lab is open from before that until after the last test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SuiteJournal.class)
abstract class PeerSuite {
    /** The AS of most topologies: Calico's default. */
    static final long AS = 64512;

    /** FRR may wait for two minutes before it connects again, whatever it is told; nothing else is nearly as slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(160);
    private static final Duration POLL = Duration.ofMillis(200);

    private final PeerKind kind;
    private final Lab lab;

    PeerSuite(PeerKind kind) {
        this.kind = kind;
        this.lab = new Lab(getClass().getSimpleName() + "-" + kind.name());
    }

    final PeerKind kind() {
        return kind;
    }

    /** Its name in the summary. */
    final String title() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    @BeforeAll
    final void openLab() {
        Optional<String> obstacle = Lab.obstacle();
        need(obstacle.isEmpty(), obstacle.orElse(""));
        need(kind.available(), kind + " is not here: ./verify fetches it");
        need(Toolbox.find("tshark", "tshark").isPresent(), "tshark is not here: ./verify fetches it");
        need(Reflector.available(), "there is no ./tapetum, or nothing built for it to start");
        lab.open();
    }

    @AfterAll
    final void closeLab() {
        lab.close();
    }

    /** A host with the addresses 10.77.0.NUMBER and fd77::NUMBER. */
    final Host host(String name, int number) {
        return lab.host(name, number);
    }

    /** A daemon of the suite's kind on a host of its own, with an IPv4 and an IPv6 session to each reflector. */
    final BgpPeer peer(String name, int number, long as, Host... reflectors) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (Host reflector : reflectors) {
            neighbours.add(new Neighbour(reflector.ipv4(), as));
            neighbours.add(new Neighbour(reflector.ipv6(), as));
        }
        return kind.on(host(name, number), as, neighbours);
    }

    /** Waits for both sessions between a daemon and a reflector. */
    static void awaitSessions(BgpPeer peer, Host reflector) {
        eventually(() -> {
            assertThat(peer.sessionUp(reflector.ipv4())).as("%s: session with %s", peer.host().name(),
                    reflector.ipv4()).isTrue();
            assertThat(peer.sessionUp(reflector.ipv6())).as("%s: session with %s", peer.host().name(),
                    reflector.ipv6()).isTrue();
        });
    }

    /** Waits for a daemon to have learned a route, and returns it. */
    static SeenRoute awaitRoute(BgpPeer peer, String prefix) {
        eventually(() -> assertThat(peer.route(prefix)).as("%s: %s", peer.host().name(), prefix).isPresent());
        return peer.route(prefix).orElseThrow();
    }

    /** Waits for a daemon to have no learned route for a prefix. */
    static void awaitNoRoute(BgpPeer peer, String prefix) {
        eventually(() -> assertThat(peer.route(prefix)).as("%s: %s", peer.host().name(), prefix).isEmpty());
    }

    /** Waits for assertions to hold. */
    static void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL).untilAsserted(assertions);
    }

    /** Sees that assertions hold for two seconds: long enough for a mistake to arrive on a network without delay. */
    static void staysSo(ThrowingRunnable assertions) {
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(10)).pollDelay(Duration.ZERO)
                .pollInterval(POLL).untilAsserted(assertions);
    }

    /** Gives the test or suite up with a reason; where nobody reads reasons, in CI, it fails. */
    static void need(boolean condition, String reason) {
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(condition, reason);
        }
        Assumptions.assumeTrue(condition, reason);
    }
}
