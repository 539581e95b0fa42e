package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.fsm.SessionState;

/** A process that stood still has heard nobody, which is nobody's fault but its own. */
class StallTest {

    private static final String CLIENT = "10.0.0.1";
    private static final Duration HOLD = Duration.ofSeconds(90);

    private final TestReflector reflector = new TestReflector()
            .peer(CLIENT, SampleTemplate.client().holdTimeSeconds((int) HOLD.toSeconds())).start();
    private final RemoteEnd client = reflector.session(CLIENT);

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void a_peer_is_not_given_up_for_the_silence_of_a_time_in_which_we_did_not_run() {
        reflector.loop.stall(HOLD.multipliedBy(3));

        assertThat(reflector.status(CLIENT).state()).isEqualTo(SessionState.ESTABLISHED);
        reflector.pass(HOLD.multipliedBy(3), client);
        assertThat(reflector.status(CLIENT).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void a_peer_that_stays_silent_afterwards_is_given_up_a_hold_time_later() {
        reflector.loop.stall(HOLD.multipliedBy(3));

        reflector.pass(HOLD.minusSeconds(1));
        assertThat(reflector.status(CLIENT).state()).isEqualTo(SessionState.ESTABLISHED);
        reflector.pass(Duration.ofSeconds(2));
        assertThat(reflector.status(CLIENT).state()).isNotEqualTo(SessionState.ESTABLISHED);
    }
}
