package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.DownReason;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;

/** A peer that comes back: the old session's paths go, the new one's stay, whatever the order of events. */
class SessionReplacementTest {

    private static final String PEER = "10.0.0.1";
    private static final Capability GRACEFUL_RESTART = new Capability.GracefulRestart(false, false, 120,
            List.of(new Capability.GracefulRestart.RestartTuple(1, 1, true)));

    private final TestReflector reflector = new TestReflector().peer(PEER, SampleTemplate.client())
            .peer("10.0.0.2", SampleTemplate.client()).start();
    private final RemoteEnd observer = reflector.session("10.0.0.2");

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void a_connection_learns_that_it_has_become_the_session() {
        RemoteEnd end = reflector.connect(PEER);
        assertThat(end.connection().isEstablished()).isFalse();

        end.establish();

        assertThat(end.connection().isEstablished()).isTrue();
    }

    @Test
    void a_lost_session_takes_its_routes_along() {
        RemoteEnd peer = reflector.session(PEER);
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));

        peer.lose();
        reflector.run();

        assertThat(observer.routes()).isEmpty();
        assertThat(reflector.accepted(PEER, Family.IPV4_UNICAST)).isZero();
    }

    @Test
    void a_working_session_wins_against_a_newcomer_that_knows_no_graceful_restart() {
        RemoteEnd working = reflector.session(PEER);
        working.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));

        RemoteEnd newcomer = reflector.connect(PEER);

        assertThat(newcomer.heard()).containsExactly("NOTIFICATION 6/7");
        assertThat(newcomer.connection().isClosed()).isTrue();
        assertThat(observer.routes()).containsOnlyKeys("10.1.0.0/16");
    }

    /** RFC 4724 §5. */
    @Test
    void a_restarted_peer_replaces_its_old_session_and_keeps_only_what_it_announces_anew() {
        RemoteEnd old = reflector.connect(PEER).establish(GRACEFUL_RESTART);
        old.send(RawUpdate.announcement(PEER, "10.1.0.0/16", "10.2.0.0/16"));

        RemoteEnd restarted = reflector.connect(PEER).establish(GRACEFUL_RESTART);
        restarted.send(RawUpdate.announcement(PEER, "10.2.0.0/16", "10.3.0.0/16"));
        assertThat(observer.routes()).containsOnlyKeys("10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16");
        restarted.send(RawUpdate.update());

        assertThat(observer.routes()).containsOnlyKeys("10.2.0.0/16", "10.3.0.0/16");
        assertThat(reflector.accepted(PEER, Family.IPV4_UNICAST)).isEqualTo(2);
        assertThat(old.connection().isAborted()).isTrue();
        assertThat(reflector.events(ReflectorEvent.PeerDown.class, event -> true)).singleElement()
                .extracting(ReflectorEvent.PeerDown::reason).isInstanceOf(DownReason.ReplacedByNewConnection.class);
    }

    @Test
    void what_still_comes_on_the_replaced_connection_is_ignored() {
        RemoteEnd old = reflector.connect(PEER).establish(GRACEFUL_RESTART);
        RemoteEnd restarted = reflector.connect(PEER).establish(GRACEFUL_RESTART);
        restarted.send(RawUpdate.announcement(PEER, "10.2.0.0/16"));

        old.send(RawUpdate.withdrawal("10.2.0.0/16"));
        old.send(RawUpdate.announcement(PEER, "10.9.0.0/16"));
        old.lose();
        reflector.run();

        assertThat(observer.routes()).containsOnlyKeys("10.2.0.0/16");
        assertThat(reflector.status(PEER).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void the_time_of_a_session_begins_with_that_session() {
        reflector.connect(PEER).establish(GRACEFUL_RESTART);
        reflector.loop.pass(Duration.ofSeconds(60));
        RemoteEnd restarted = reflector.connect(PEER).establish(GRACEFUL_RESTART);
        reflector.loop.pass(Duration.ofSeconds(10));

        restarted.lose();
        reflector.run();

        assertThat(reflector.events(ReflectorEvent.PeerDown.class, event -> true))
                .extracting(ReflectorEvent.PeerDown::uptime)
                .containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    /** The purge of a large table takes many turns of the loop; the peer does not wait for it. */
    @Test
    void a_new_session_may_overtake_the_purge_of_the_old_one() {
        RemoteEnd old = reflector.session(PEER);
        List<String> prefixes = IntStream.range(0, 30_000).mapToObj(i -> "10." + i / 256 + "." + i % 256 + ".0/24")
                .toList();
        announce(old, prefixes);
        assertThat(observer.routes()).hasSize(prefixes.size());

        old.lose();
        assertThat(reflector.loop.waiting()).as("the purge goes on later").isPositive();
        RemoteEnd back = connectWithoutRunning();
        List<String> kept = prefixes.subList(10_000, 20_000);
        announceWithoutRunning(back, kept);
        assertThat(reflector.loop.waiting()).as("the purge is still not over").isPositive();
        reflector.run();

        assertThat(observer.routes().keySet()).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(reflector.accepted(PEER, Family.IPV4_UNICAST)).isEqualTo(kept.size());
        assertThat(reflector.reflector().tables().adjRibIn(Family.IPV4_UNICAST).paths()).isEqualTo(kept.size());
    }

    private RemoteEnd connectWithoutRunning() {
        return reflector.connectNow(PEER).establishNow(0x0a000001);
    }

    private static void announce(RemoteEnd end, List<String> prefixes) {
        blocks(prefixes).forEach(block -> end.send(RawUpdate.announcement(PEER, block)));
    }

    private static void announceWithoutRunning(RemoteEnd end, List<String> prefixes) {
        blocks(prefixes).forEach(block -> end.receivedNow(RawUpdate.announcement(PEER, block).frame()));
    }

    private static List<String[]> blocks(List<String> prefixes) {
        return IntStream.range(0, prefixes.size() / 500)
                .mapToObj(i -> prefixes.subList(i * 500, i * 500 + 500).toArray(String[]::new)).toList();
    }
}
