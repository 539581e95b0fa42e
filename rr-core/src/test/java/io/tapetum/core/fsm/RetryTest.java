package io.tapetum.core.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.Open;

/** When the next connection is tried, and when the peer's are refused. */
class RetryTest {

    private static final Open OPEN = SampleSettings.calicoOpen(SampleSettings.LOWER_ID);
    private static final Notification PROTOCOL_ERROR = Notification.of(ErrorCode.UPDATE_MALFORMED_AS_PATH);
    private static final Duration FIRST = SampleSettings.TIMERS.connectRetry();
    private static final Duration LONGEST = SampleSettings.TIMERS.connectRetryMax();

    private static void assertThreeQuartersToWhole(Duration actual, Duration whole) {
        assertThat(actual).isBetween(whole.multipliedBy(3).dividedBy(4), whole);
    }

    /* Who connects */

    @Test
    void an_active_peer_is_connected_to_at_once() {
        assertThat(new Rig(ConnectMode.ACTIVE).start().did()).isEqualTo("connect");
    }

    @Test
    void a_passive_peer_is_never_connected_to() {
        // given
        Rig rig = new Rig(ConnectMode.PASSIVE).start();

        // then
        assertThat(rig.noTimerRuns()).isTrue();
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ACTIVE);
        assertThat(rig.incoming().closed().pass(Duration.ofDays(1)).did()).isEmpty();
        assertThat(rig.incoming().receive(OPEN).receive(Keepalive.INSTANCE).did()).isEqualTo("up");
        assertThat(rig.receive(PROTOCOL_ERROR).pass(Duration.ofDays(1)).did()).isEmpty();
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ACTIVE);
    }

    @Test
    void a_fallback_peer_is_waited_for_and_then_connected_to() {
        // given
        Rig rig = new Rig(ConnectMode.FALLBACK).start();

        // then
        assertThat(rig.did()).isEmpty();
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ACTIVE);
        assertThreeQuartersToWhole(rig.untilDeadline(), SampleSettings.TIMERS.fallbackDelay());
        assertThat(rig.passToNextDeadline().did()).isEqualTo("connect");
    }

    @Test
    void a_fallback_peer_that_connects_in_time_is_not_connected_to() {
        Rig rig = new Rig(ConnectMode.FALLBACK).start().incoming();
        assertThat(rig.pass(Duration.ofMinutes(3)).did()).isEmpty();
    }

    @Test
    void the_attempt_at_a_fallback_peer_is_given_up_when_the_peer_connects() {
        // given
        Rig rig = new Rig(ConnectMode.FALLBACK).start().passToNextDeadline();
        int attempt = rig.id;

        // when
        rig.incoming();

        // then
        assertThat(rig.actions()).contains(new Action.Close(attempt, false));
        assertThat(rig.did()).isEqualTo("abort, send OPEN");
    }

    @Test
    void a_fallback_peer_that_was_lost_is_waited_for_again() {
        Rig rig = Rig.established(SampleSettings.settings(ConnectMode.FALLBACK), OPEN).closed();
        assertThreeQuartersToWhole(rig.untilDeadline(), SampleSettings.TIMERS.fallbackDelay());
        assertThat(rig.incoming().did()).isEqualTo("send OPEN");
    }

    @ParameterizedTest
    @EnumSource(ConnectMode.class)
    void nothing_is_tried_while_there_is_a_session(ConnectMode mode) {
        Rig rig = Rig.established(SampleSettings.settings(mode), OPEN);
        for (int minute = 0; minute < 60; minute++) {
            rig.receive(Keepalive.INSTANCE);
            assertThat(rig.pass(Duration.ofMinutes(1)).did()).doesNotContain("connect");
        }
    }

    @Test
    void an_attempt_that_takes_too_long_is_given_up_and_tried_again() {
        // given
        Rig rig = new Rig(ConnectMode.ACTIVE).start();

        // when
        rig.pass(PeerFsm.ATTEMPT_TIMEOUT);

        // then
        assertThat(rig.did()).isEqualTo("abort");
        assertThreeQuartersToWhole(rig.untilDeadline(), FIRST);
        assertThat(rig.passToNextDeadline().did()).isEqualTo("connect");
    }

    /* Back-off */

    @Test
    void the_wait_doubles_up_to_its_limit() {
        Rig rig = new Rig(ConnectMode.ACTIVE).start();
        for (Duration expected = FIRST; expected.compareTo(LONGEST) < 0; expected = expected.multipliedBy(2)) {
            rig.did(rig.fsm.connectFailed(rig.id, rig.now));
            assertThreeQuartersToWhole(rig.untilDeadline(), expected);
            rig.passToNextDeadline();
        }
        for (int i = 0; i < 100; i++) {
            rig.did(rig.fsm.connectFailed(rig.id, rig.now));
            assertThreeQuartersToWhole(rig.untilDeadline(), LONGEST);
            rig.passToNextDeadline();
        }
    }

    @Test
    void waits_that_do_not_fit_each_other_are_still_bounded() {
        Backoff backoff = new Backoff(new SplittableRandom(1));
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.next(Duration.ofDays(100_000), Duration.ofDays(90_000)))
                    .isBetween(0L, Duration.ofDays(90_000).toNanos());
        }
    }

    @Test
    void a_session_that_keeps_failing_early_is_retried_ever_more_slowly() {
        // given
        Rig rig = new Rig(ConnectMode.ACTIVE).start();

        // when
        for (int i = 0; i < 10; i++) {
            rig.connected().receive(OPEN).receive(Keepalive.INSTANCE);
            assertThat(rig.did()).isEqualTo("up");
            rig.pass(Duration.ofSeconds(1)).closed().passToNextDeadline();
        }

        // then
        rig.connected().receive(OPEN).closed();
        assertThreeQuartersToWhole(rig.untilDeadline(), LONGEST);
    }

    @Test
    void a_session_that_was_stable_starts_the_waits_from_the_shortest() {
        // given
        Rig rig = new Rig(ConnectMode.ACTIVE).start();
        for (int i = 0; i < 10; i++) {
            rig.did(rig.fsm.connectFailed(rig.id, rig.now)).passToNextDeadline();
        }
        rig.connected().receive(OPEN).receive(Keepalive.INSTANCE);

        // when
        for (Duration up = Duration.ZERO; up.compareTo(LONGEST) < 0; up = up.plusSeconds(30)) {
            rig.pass(Duration.ofSeconds(30)).receive(Keepalive.INSTANCE);
        }
        rig.closed();

        // then
        assertThreeQuartersToWhole(rig.untilDeadline(), FIRST);
    }

    @Test
    void an_operator_who_starts_the_peer_anew_does_not_have_to_wait() {
        // given
        Rig rig = new Rig(ConnectMode.ACTIVE).start();
        for (int i = 0; i < 10; i++) {
            rig.did(rig.fsm.connectFailed(rig.id, rig.now)).passToNextDeadline();
        }

        // when
        rig.stop(new StopReason.Shutdown("")).start();

        // then
        assertThat(rig.did()).isEqualTo("connect");
        rig.did(rig.fsm.connectFailed(rig.id, rig.now));
        assertThreeQuartersToWhole(rig.untilDeadline(), FIRST);
    }

    /* Idle hold */

    @ParameterizedTest
    @EnumSource(ConnectMode.class)
    void after_a_protocol_error_the_peer_is_refused_for_a_while(ConnectMode mode) {
        // given
        Rig rig = Rig.established(SampleSettings.settings(mode), OPEN);

        // when
        rig.receive(PROTOCOL_ERROR);

        // then
        assertThat(rig.fsm.state()).isEqualTo(SessionState.IDLE);
        assertThat(rig.fsm.incoming(false, rig.now)).isEqualTo(new Admission.Refused(Admission.Refusal.IDLE_HOLD,
                Notification.of(ErrorCode.CEASE_CONNECTION_REJECTED)));
        assertThreeQuartersToWhole(rig.untilDeadline(), FIRST);

        // when
        rig.passToNextDeadline();

        // then
        assertThat(rig.incoming().did()).endsWith("send OPEN");
    }

    @Test
    void a_fallback_peer_gets_its_time_to_connect_after_the_idle_hold() {
        Rig rig = Rig.established(SampleSettings.settings(ConnectMode.FALLBACK), OPEN).receive(PROTOCOL_ERROR);
        assertThat(rig.passToNextDeadline().did()).isEmpty();
        assertThreeQuartersToWhole(rig.untilDeadline(), SampleSettings.TIMERS.fallbackDelay());
        assertThat(rig.passToNextDeadline().did()).isEqualTo("connect");
    }

    @Test
    void a_peer_that_keeps_breaking_the_protocol_is_held_ever_longer() {
        // given
        Rig rig = new Rig(ConnectMode.PASSIVE).start();

        // when
        for (int i = 0; i < 10; i++) {
            rig.incoming().receive(OPEN).receive(OPEN).passToNextDeadline();
        }

        // then
        rig.incoming().receive(OPEN).receive(OPEN);
        assertThreeQuartersToWhole(rig.untilDeadline(), LONGEST);
    }

    @ParameterizedTest
    @EnumSource(value = ErrorCode.class, names = {"CEASE_ADMINISTRATIVE_SHUTDOWN", "CEASE_OTHER_CONFIGURATION_CHANGE",
            "CEASE_CONNECTION_REJECTED", "HOLD_TIMER_EXPIRED", "SEND_HOLD_TIMER_EXPIRED"})
    void a_peer_that_left_in_peace_may_come_back_at_once(ErrorCode farewell) {
        Rig rig = Rig.established(SampleSettings.settings(ConnectMode.PASSIVE), OPEN);
        rig.receive(Notification.of(farewell));
        assertThat(rig.incoming().did()).isEqualTo("send OPEN");
    }

    /* Changed settings */

    @Test
    void changed_settings_leave_the_session_alone_and_count_from_the_next_connection() {
        // given
        Rig rig = Rig.established(SampleSettings.settings(ConnectMode.ACTIVE), OPEN);

        // when
        rig.fsm.settings(SampleSettings.settings(ConnectMode.ACTIVE).passive());

        // then
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(rig.closed().noTimerRuns()).isTrue();
    }
}
