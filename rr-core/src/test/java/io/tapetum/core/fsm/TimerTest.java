package io.tapetum.core.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.wire.message.Keepalive;

/** Hold, keepalive and send hold timers (RFC 4271 §8.1.3 and §10, RFC 9687). */
class TimerTest {

    private static final FsmSettings SETTINGS = SampleSettings.settings(ConnectMode.PASSIVE);
    private static final Duration HOLD = Duration.ofSeconds(90);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private static Rig established() {
        return Rig.established(SETTINGS, SampleSettings.calicoOpen(SampleSettings.LOWER_ID));
    }

    private static Rig establishedWithoutHoldTime() {
        return Rig.established(SETTINGS,
                SampleSettings.open(0, SampleSettings.LOWER_ID, SampleSettings.calicoCapabilities()));
    }

    /* Hold timer */

    @Test
    void a_peer_that_accepts_tcp_and_stays_mute_is_given_up_after_the_large_hold_time() {
        // given
        Rig rig = Rig.openSent(SETTINGS);

        // when
        rig.pass(Duration.ofMinutes(4).minus(MOMENT));

        // then
        assertThat(rig.actions()).isEmpty();
        assertThat(rig.pass(MOMENT).did()).isEqualTo("send 4/0, close, down HoldTimerExpired");
        assertThat(rig.lastDown().reason()).isEqualTo(new DownReason.HoldTimerExpired(SessionState.OPEN_SENT, 240));
        assertThat(rig.lastDown().wasEstablished()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"OPEN_SENT, OPEN", "OPEN_CONFIRM, KEEPALIVE"})
    void a_connection_of_the_peer_that_has_not_become_the_session_in_time_ends_as_if_silent(SessionState state,
            String missing) {
        // given
        Rig rig = state == SessionState.OPEN_SENT
                ? Rig.openSent(SETTINGS)
                : Rig.openConfirm(SETTINGS, SampleSettings.calicoOpen(SampleSettings.LOWER_ID));

        // when
        rig.overdue(Duration.ofSeconds(30));

        // then
        assertThat(rig.did()).isEqualTo("send 4/0, close, down NotEstablishedInTime");
        assertThat(rig.lastDown().reason().text()).contains(missing, "30 s");
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ACTIVE);
    }

    @Test
    void a_session_is_not_overdue() {
        // given
        Rig rig = established();

        // when
        rig.overdue(Duration.ofSeconds(30));

        // then
        assertThat(rig.actions()).isEmpty();
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void octets_do_not_lengthen_the_wait_for_the_open() {
        // given
        Rig rig = Rig.openSent(SETTINGS).pass(Duration.ofMinutes(3));

        // when
        rig.fsm.octetsReceived(rig.id, rig.now);

        // then
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void a_peer_that_sends_its_open_and_nothing_more_is_given_up_after_the_agreed_hold_time() {
        // given
        Rig rig = Rig.openConfirm(SETTINGS, SampleSettings.calicoOpen(SampleSettings.LOWER_ID));

        // when
        rig.pass(HOLD);

        // then
        assertThat(rig.did()).endsWith("send 4/0, close, down HoldTimerExpired");
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ACTIVE);
    }

    @Test
    void without_an_agreed_hold_time_open_confirm_is_still_bounded() {
        // given
        Rig rig = Rig.openConfirm(SETTINGS, SampleSettings.open(0, SampleSettings.LOWER_ID, List.of()));

        // when
        rig.pass(Duration.ofMinutes(4));

        // then
        assertThat(rig.did()).isEqualTo("send 4/0, close, down HoldTimerExpired");
    }

    @Test
    void a_silent_session_ends_after_the_hold_time_and_not_before() {
        // given
        Rig rig = established();

        // when
        rig.pass(HOLD.minus(MOMENT));

        // then
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(rig.pass(MOMENT).did()).isEqualTo("send 4/0, close, down HoldTimerExpired");
        assertThat(rig.lastDown().reason().text()).contains("90 s");
        assertThat(rig.lastDown().wasEstablished()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"KEEPALIVE", "UPDATE", "OCTETS"})
    void anything_heard_keeps_the_session(String heard) {
        Rig rig = established();
        for (int i = 0; i < 10; i++) {
            rig.pass(HOLD.minus(MOMENT));
            switch (heard) {
                case "KEEPALIVE" -> rig.receive(Keepalive.INSTANCE);
                case "UPDATE" -> assertThat(rig.fsm.updateReceived(rig.id, rig.now)).isTrue();
                default -> rig.fsm.octetsReceived(rig.id, rig.now);
            }
        }
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void without_a_hold_time_a_session_has_no_timers_at_all() {
        Rig rig = establishedWithoutHoldTime();
        assertThat(rig.noTimerRuns()).isTrue();
        assertThat(rig.pass(Duration.ofDays(30)).actions()).isEmpty();
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    /* Keepalive timer */

    @Test
    void keepalives_go_out_every_third_of_the_hold_time_or_a_quarter_sooner() {
        Rig rig = established();
        Set<Duration> intervals = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            rig.fsm.octetsReceived(rig.id, rig.now);
            Duration interval = rig.untilDeadline();
            assertThat(interval).isBetween(Duration.ofMillis(22_500), Duration.ofSeconds(30));
            intervals.add(interval);
            assertThat(rig.passToNextDeadline().did()).isEqualTo("send KEEPALIVE");
        }
        assertThat(intervals).as("jitter").hasSizeGreaterThan(100);
    }

    @Test
    void no_keepalive_is_sent_while_other_messages_are() {
        Rig rig = established();
        for (int second = 0; second < 600; second++) {
            rig.fsm.messageSent(rig.id, rig.now);
            rig.fsm.octetsReceived(rig.id, rig.now);
            assertThat(rig.pass(Duration.ofSeconds(1)).actions()).isEmpty();
        }
        assertThat(rig.pass(Duration.ofSeconds(30)).did()).isEqualTo("send KEEPALIVE");
    }

    /* Send hold timer */

    @ParameterizedTest
    @CsvSource({"90,480", "3,480", "240,480", "300,600"})
    void a_peer_that_takes_no_output_is_dropped_after_eight_minutes_or_twice_the_hold_time(int hold, int expected) {
        // given
        FsmSettings settings = SampleSettings.withTimers(SETTINGS,
                SampleSettings.withHoldTime(SampleSettings.TIMERS, hold));
        Rig rig = Rig.established(settings,
                SampleSettings.open(hold, SampleSettings.LOWER_ID, SampleSettings.calicoCapabilities()));

        // when
        rig.fsm.outputPending(rig.id, true, rig.now);

        // then
        passTalking(rig, Duration.ofSeconds(expected).minus(MOMENT));
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(rig.pass(MOMENT).did()).isEqualTo("abort, down SendHoldTimerExpired");
        assertThat(rig.lastDown().reason()).isEqualTo(new DownReason.SendHoldTimerExpired(expected));
    }

    @Test
    void a_configured_send_hold_time_counts_even_without_a_hold_time() {
        // given
        FsmSettings settings = SampleSettings.withTimers(SETTINGS,
                SampleSettings.withSendHold(SampleSettings.TIMERS, Duration.ofSeconds(200)));
        Rig rig = Rig.established(settings,
                SampleSettings.open(0, SampleSettings.LOWER_ID, SampleSettings.calicoCapabilities()));

        // when
        rig.fsm.outputPending(rig.id, true, rig.now);

        // then
        assertThat(rig.pass(Duration.ofSeconds(200).minus(MOMENT)).actions()).isEmpty();
        assertThat(rig.pass(MOMENT).did()).isEqualTo("abort, down SendHoldTimerExpired");
    }

    @Test
    void a_slow_peer_that_takes_a_little_now_and_then_is_kept() {
        Rig rig = established();
        rig.fsm.outputPending(rig.id, true, rig.now);
        for (int i = 0; i < 20; i++) {
            passTalking(rig, Duration.ofMinutes(7));
            rig.fsm.outputPending(rig.id, true, rig.now);
            rig.fsm.outputProgress(rig.id, rig.now);
        }
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void more_output_for_a_peer_that_takes_none_does_not_lengthen_its_time() {
        // given
        Rig rig = established();
        rig.fsm.outputPending(rig.id, true, rig.now);
        passTalking(rig, Duration.ofMinutes(7));

        // when
        rig.fsm.outputPending(rig.id, true, rig.now);
        passTalking(rig, Duration.ofMinutes(1).minus(MOMENT));

        // then
        assertThat(rig.pass(MOMENT).did()).contains("down SendHoldTimerExpired");
    }

    @Test
    void the_send_hold_timer_does_not_run_without_pending_output() {
        // given
        Rig rig = established();
        rig.fsm.outputPending(rig.id, true, rig.now);
        passTalking(rig, Duration.ofMinutes(5));

        // when
        rig.fsm.outputPending(rig.id, false, rig.now);
        passTalking(rig, Duration.ofMinutes(60));
        rig.fsm.outputPending(rig.id, true, rig.now);

        // then
        passTalking(rig, Duration.ofMinutes(8).minus(MOMENT));
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(rig.pass(MOMENT).did()).contains("down SendHoldTimerExpired");
    }

    /* Hot methods */

    @Test
    void reports_of_traffic_allocate_nothing() {
        // given
        Rig rig = established();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 100_000;
        trafficOf(rig, 1_000);

        // when
        long before = threads.getCurrentThreadAllocatedBytes();
        boolean allTaken = trafficOf(rig, rounds);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // then
        assertThat(allTaken).isTrue();
        assertThat(allocated).as("octets for %s rounds", rounds).isLessThan(rounds);
    }

    private static boolean trafficOf(Rig rig, int rounds) {
        boolean allTaken = true;
        for (int i = 0; i < rounds; i++) {
            rig.now++;
            rig.fsm.octetsReceived(rig.id, rig.now);
            allTaken &= rig.fsm.updateReceived(rig.id, rig.now);
            rig.fsm.outputPending(rig.id, true, rig.now);
            rig.fsm.outputProgress(rig.id, rig.now);
            rig.fsm.messageSent(rig.id, rig.now);
            allTaken &= rig.fsm.nextDeadlineNanos(rig.now) - rig.now > 0;
        }
        return allTaken;
    }

    /** Lets time pass while the peer keeps talking. */
    private static void passTalking(Rig rig, Duration time) {
        long end = rig.now + time.toNanos();
        while (end - rig.now > 0) {
            rig.fsm.octetsReceived(rig.id, rig.now);
            rig.pass(Duration.ofNanos(Math.min(end - rig.now, 1_000_000_000)));
        }
        rig.fsm.octetsReceived(rig.id, rig.now);
    }
}
