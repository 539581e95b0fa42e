package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.DownReason;
import io.tapetum.core.fsm.SessionState;

/** RFC 9687: a peer that takes nothing of what waits for it is given up, however alive it seems. */
class SendHoldTest {

    private static final String SLOW = "10.0.0.1";
    private static final String OTHER = "10.0.0.2";
    private static final Duration SEND_HOLD = Duration.ofMinutes(8);

    private final TestReflector reflector = new TestReflector().peer(SLOW, SampleTemplate.client())
            .peer(OTHER, SampleTemplate.client().holdTimeSeconds(0)).start();
    private final RemoteEnd slow = reflector.session(SLOW);
    private final RemoteEnd other = reflector.session(OTHER);

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void a_peer_that_takes_nothing_is_ended_without_a_word() {
        slow.connection().stall();
        other.send(RawUpdate.announcement(OTHER, "10.1.0.0/16"));

        reflector.pass(SEND_HOLD.plusSeconds(10), slow);

        assertThat(reflector.status(SLOW).state()).isNotEqualTo(SessionState.ESTABLISHED);
        assertThat(reflector.events(ReflectorEvent.PeerDown.class, event -> true)).singleElement()
                .extracting(ReflectorEvent.PeerDown::reason).isInstanceOf(DownReason.SendHoldTimerExpired.class);
        assertThat(slow.connection().isAborted()).isTrue();
    }

    @Test
    void a_peer_that_takes_a_little_now_and_then_is_kept() {
        slow.connection().stall();
        other.send(RawUpdate.announcement(OTHER, "10.1.0.0/16"));

        for (int i = 0; i < 10; i++) {
            reflector.pass(SEND_HOLD.dividedBy(2), slow);
            slow.connection().take(1);
        }

        assertThat(reflector.status(SLOW).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void a_peer_for_which_nothing_waits_is_kept() {
        reflector.pass(SEND_HOLD.multipliedBy(3), slow);

        assertThat(reflector.status(SLOW).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    /** No other timer of such a session would ever look at what waits. */
    @Test
    void it_holds_for_sessions_without_hold_time_too() {
        // Until the last timer of the time before the session has passed.
        reflector.pass(Duration.ofMinutes(5), slow);
        other.connection().stall();
        slow.send(RawUpdate.announcement(SLOW, "10.1.0.0/16"));

        reflector.pass(SEND_HOLD.plusSeconds(10), slow);

        assertThat(reflector.status(OTHER).state()).isNotEqualTo(SessionState.ESTABLISHED);
    }
}
