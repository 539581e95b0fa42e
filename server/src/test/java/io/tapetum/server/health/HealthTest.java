package io.tapetum.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.tapetum.server.StubReflector;
import io.tapetum.server.reflector.ReflectorStatus;

class HealthTest {

    private final StubReflector reflector = new StubReflector();
    private final AtomicBoolean listening = new AtomicBoolean(true);
    private final Health health = new Health(reflector, listening::get);

    private static ReflectorStatus restarted() {
        ReflectorStatus status = StubReflector.STATUS;
        return new ReflectorStatus(status.routerId(), status.started(), status.configured(), null);
    }

    @Test
    void a_reflector_that_has_converged_stays_converged_whoever_comes_later() {
        assertThat(health.ready().passed()).isFalse();

        reflector.status = restarted();
        reflector.sessions = StubReflector.SESSIONS.subList(1, 2);
        assertThat(health.ready().passed()).isTrue();

        reflector.sessions = StubReflector.SESSIONS;
        reflector.status = StubReflector.STATUS;
        assertThat(health.ready().passed()).isTrue();
    }

    @Test
    void a_drain_makes_it_unready_for_good() {
        reflector.status = restarted();
        reflector.sessions = StubReflector.SESSIONS.subList(1, 2);
        assertThat(health.ready().passed()).isTrue();

        health.drainBegins();

        assertThat(health.ready().passed()).isFalse();
        assertThat(health.live().passed()).isTrue();
    }

    @Test
    void an_event_loop_that_is_silent_for_more_than_ten_seconds_is_dead() {
        reflector.silence = Duration.ofSeconds(10);
        assertThat(health.live().passed()).isTrue();

        reflector.silence = Duration.ofSeconds(12);
        assertThat(health.live().passed()).isFalse();
        assertThat(health.live().checks()).extracting(Check::text)
                .containsExactly("one has not been heard of for 12 s");
    }

    @Test
    void a_reflector_that_waits_for_its_datastore_lives_and_is_not_ready() {
        listening.set(false);

        assertThat(health.live().passed()).isTrue();
        assertThat(health.ready().passed()).isFalse();
    }
}
