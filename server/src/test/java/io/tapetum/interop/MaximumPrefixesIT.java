package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Capture;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.Neighbour;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.wire.CapturedMessage;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.transport.NettyReflector;

/** BIRD 1.6 announces more than it may (RFC 4486 §4), which each of its daemons does under another rule. */
final class MaximumPrefixesIT extends PeerSuite {

    private static final Duration RESTART_AFTER = Duration.ofSeconds(15);

    /** A NOTIFICATION of 28 octets: Cease, Maximum Number of Prefixes Reached; IPv4, unicast, 3. */
    private static final String CEASE = "ff".repeat(16) + "001c" + "03" + "0601" + "0001" + "01" + "00000003";

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Host rr = host("rr", 1);
    private final BgpPeer warned = bird("warned", 2);
    private final BgpPeer restarted = bird("restarted", 3);
    private final BgpPeer shut = bird("shut", 4);
    private final BgpPeer dynamic = bird("ranged", 5);
    private final BgpPeer observer = bird("observer", 6);

    @SuppressWarnings("NullAway.Init") // before all tests
    private NettyReflector reflector;

    MaximumPrefixesIT() {
        super(PeerKind.BIRD_1);
    }

    private BgpPeer bird(String name, int number) {
        return kind().on(host(name, number), AS, List.of(new Neighbour(rr.ipv4(), AS)));
    }

    @BeforeAll
    void start() {
        String limit = "maximum-prefixes.ipv4 { limit = 3, warn-percent = 66, action = %s, restart-after = "
                + RESTART_AFTER.toSeconds() + " s }";
        Path file = rr.write("tapetum.conf",
                """
                tapetum {
                  router-id = "%s"
                  listen = [ "%s:179" ]
                  restart-deferral = 0 s
                  peers = [ { address = "%s", %s }, { address = "%s", %s }, { address = "%s", %s }, { address = "%s" } ]
                  dynamic-peers = [ { range = "%s/32", %s } ]
                }
                """.formatted(rr.ipv4(), rr.ipv4(), warned.host().ipv4(), limit.formatted("warn"),
                        restarted.host().ipv4(), limit.formatted("restart"), shut.host().ipv4(),
                        limit.formatted("shutdown"), observer.host().ipv4(), dynamic.host().ipv4(),
                        limit.formatted("restart")));
        reflector = rr.inside(() -> NettyReflector.start(Configuration.load(file), DesiredPeers.NONE,
                new Surroundings(Keyring.EMPTY, meters)));
        for (BgpPeer peer : List.of(warned, restarted, shut, dynamic, observer)) {
            peer.start();
        }
        eventually(() -> assertThat(List.of(warned, restarted, shut, dynamic, observer))
                .allMatch(peer -> peer.sessionUp(rr.ipv4())));
    }

    @AfterAll
    void stop() {
        if (reflector != null) {
            reflector.close();
        }
    }

    @Test
    void a_limit_that_only_warns_is_told_near_it_and_beyond_it_and_the_routes_go_on() {
        double before = reached("warn");
        announce(warned, 1);
        awaitRoute(observer, prefix(warned, 1));
        assertThat(reached("warn")).isEqualTo(before);
        announce(warned, 2);
        eventually(() -> assertThat(reached("warn")).isEqualTo(before + 1));
        announce(warned, 3);
        announce(warned, 4);
        eventually(() -> assertThat(reached("warn")).isEqualTo(before + 2));

        awaitRoute(observer, prefix(warned, 4));
        staysSo(() -> assertThat(warned.sessionUp(rr.ipv4())).isTrue());
        assertThat(reached("warn")).isEqualTo(before + 2);
    }

    @Test
    void with_restart_the_peer_is_told_which_limit_and_comes_back_when_the_time_is_over() {
        long ended = exceed(restarted);

        restarted.withdraw(prefix(restarted, 4));
        eventually(() -> assertThat(restarted.sessionUp(rr.ipv4())).isTrue());

        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isGreaterThan(RESTART_AFTER.minusSeconds(1));
        awaitRoute(observer, prefix(restarted, 1));
    }

    @Test
    void with_shutdown_the_peer_stays_down_however_often_it_connects() {
        exceed(shut);
        shut.withdraw(prefix(shut, 4));
        double refused = heldDown();

        staysSo(RESTART_AFTER.plusSeconds(5), () -> assertThat(shut.sessionUp(rr.ipv4())).isFalse());
        eventually(() -> assertThat(heldDown()).isGreaterThan(refused));
        assertThat(reached("shutdown")).isOne();
    }

    @Test
    void a_peer_of_a_range_does_not_evade_the_wait_by_coming_back_as_if_new() {
        long ended = exceed(dynamic);

        dynamic.withdraw(prefix(dynamic, 4));
        dynamic.kill();
        dynamic.start();
        eventually(() -> assertThat(dynamic.sessionUp(rr.ipv4())).isTrue());

        assertThat(Duration.ofNanos(System.nanoTime() - ended)).isGreaterThan(RESTART_AFTER.minusSeconds(1));
    }

    /** Announces as much as allowed, and one more. Returns when the session had ended, and its routes were gone. */
    private long exceed(BgpPeer peer) {
        for (int i = 1; i <= 3; i++) {
            announce(peer, i);
            awaitRoute(observer, prefix(peer, i));
        }
        try (Capture capture = Capture.on(peer.host(), "exceed")) {
            announce(peer, 4);
            long ended = System.nanoTime();
            awaitNoRoute(observer, prefix(peer, 1));
            assertThat(peer.sessionUp(rr.ipv4())).isFalse();
            assertThat(capture.stop()).filteredOn(message -> message.went(rr.ipv4(), peer.host().ipv4()))
                    .extracting(CapturedMessage::hex).contains(CEASE);
            return ended;
        }
    }

    private static String prefix(BgpPeer peer, int number) {
        String last = peer.host().ipv4().substring(peer.host().ipv4().lastIndexOf('.') + 1);
        return "10." + last + "." + number + ".0/24";
    }

    private static void announce(BgpPeer peer, int number) {
        peer.announce(Announcement.of(prefix(peer, number)));
    }

    private double reached(String action) {
        return meters.get("tapetum.maximum.prefixes.reached").tag("action", action).counter().count();
    }

    private double heldDown() {
        return meters.get("tapetum.connections.refused").tag("reason", "held-down").counter().count();
    }
}
