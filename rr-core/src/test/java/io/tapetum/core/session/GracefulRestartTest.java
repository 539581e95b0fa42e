package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.fsm.StopReason;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;

/** RFC 4724 §4.2: what a restarting peer announced stays while it is away, and for how long. */
class GracefulRestartTest {

    private static final String PEER = "10.0.0.1";
    private static final int RESTART_SECONDS = 120;
    private static final Capability FORWARDING = restart(true);
    private static final Capability NOT_FORWARDING = restart(false);

    private final TestReflector reflector = new TestReflector().range("10.0.0.0", 8, 100, SampleTemplate.client())
            .start();
    private final RemoteEnd observer = reflector.session("10.0.0.2");
    private final RemoteEnd peer = reflector.connect(PEER).establish(FORWARDING);

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void routes_stay_while_the_peer_restarts_and_nobody_hears_of_what_it_announces_again() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16", "10.2.0.0/16"));
        observer.heard();
        lose(peer);

        RemoteEnd back = reflector.connect(PEER).establish(FORWARDING);
        back.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));
        assertThat(observer.heard()).isEmpty();

        back.sendEndOfRib(Family.IPV4_UNICAST);
        assertThat(observer.heard()).containsExactly("-10.2.0.0/16");
        assertThat(reflector.accepted(PEER, Family.IPV4_UNICAST)).isEqualTo(1);
    }

    @Test
    void the_routes_of_a_peer_that_does_not_come_back_go_with_its_restart_time_and_so_does_a_dynamic_peer() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));
        lose(peer);

        reflector.pass(Duration.ofSeconds(RESTART_SECONDS - 1), observer);
        assertThat(observer.routes()).hasSize(1);
        assertThat(reflector.status(PEER).state()).isNotEqualTo(SessionState.ESTABLISHED);

        reflector.pass(Duration.ofSeconds(2), observer);
        assertThat(observer.routes()).isEmpty();
        assertThat(reflector.reflector().status()).extracting(status -> status.peer().name()).doesNotContain(PEER);
    }

    /** Each session ends by a task of its own; until its turn comes it can still be sent something. */
    @Test
    void a_reflector_that_stops_withdraws_nothing_from_the_sessions_that_end_last() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));
        observer.send(RawUpdate.announcement("10.0.0.2", "10.2.0.0/16"));
        observer.heard();
        peer.heard();

        reflector.reflector().stop(new StopReason.Silent());
        while (reflector.loop.runOne()) {
            assertThat(observer.heard()).isEmpty();
            assertThat(peer.heard()).isEmpty();
        }

        assertThat(reflector.reflector().status()).isEmpty();
    }

    @Test
    void a_peer_that_is_back_but_never_finishes_does_not_keep_stale_routes_for_ever() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));
        lose(peer);
        RemoteEnd back = reflector.connect(PEER).establish(FORWARDING);

        reflector.pass(Duration.ofMinutes(7), back, observer);

        assertThat(reflector.status(PEER).state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_peer_that_did_not_keep_forwarding_has_lost_its_routes() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));
        lose(peer);
        assertThat(observer.routes()).hasSize(1);

        reflector.connect(PEER).establish(NOT_FORWARDING);

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_peer_that_comes_back_without_the_capability_has_lost_its_routes() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));
        lose(peer);

        reflector.connect(PEER).establish();

        assertThat(observer.routes()).isEmpty();
    }

    /** The address has been given to another node. */
    @Test
    void another_speaker_behind_the_same_address_does_not_inherit_the_routes() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));
        lose(peer);

        reflector.connect(PEER).establishAs(0x0a0000ff, FORWARDING);

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_peer_that_says_goodbye_does_not_restart() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));

        peer.send(Notification.of(ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN));
        reflector.run();

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_peer_that_is_silent_for_the_hold_time_does_not_restart() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));
        assertThat(observer.routes()).hasSize(1);

        reflector.pass(Duration.ofSeconds(100), observer);

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void what_was_stale_already_is_not_kept_a_second_time() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16", "10.2.0.0/16"));
        lose(peer);
        RemoteEnd back = reflector.connect(PEER).establish(FORWARDING);
        back.send(RawUpdate.announcement(PEER, "10.2.0.0/16"));

        lose(back);

        assertThat(observer.routes()).containsOnlyKeys("10.2.0.0/16");
    }

    @Test
    void a_withdrawal_after_the_restart_takes_the_stale_route() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16", "10.2.0.0/16"));
        lose(peer);
        RemoteEnd back = reflector.connect(PEER).establish(FORWARDING);

        back.send(RawUpdate.withdrawal("10.1.0.0/16"));

        assertThat(observer.routes()).containsOnlyKeys("10.2.0.0/16");
        assertThat(reflector.accepted(PEER, Family.IPV4_UNICAST)).isZero();
    }

    @Test
    void a_stop_of_the_reflector_takes_stale_routes_along() {
        peer.send(RawUpdate.announcement(PEER, "10.1.0.0/16"));
        lose(peer);

        reflector.close();

        assertThat(reflector.reflector().status()).isEmpty();
        assertThat(reflector.reflector().tables().adjRibIn(Family.IPV4_UNICAST).paths()).isZero();
    }

    private void lose(RemoteEnd end) {
        end.lose();
        reflector.run();
    }

    private static GracefulRestart restart(boolean forwarding) {
        return new GracefulRestart(false, false, RESTART_SECONDS,
                List.of(new GracefulRestart.RestartTuple(1, 1, forwarding)));
    }
}
