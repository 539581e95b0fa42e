package io.tapetum.core.delay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.tapetum.core.session.ManualLoop;

class LoopWatchTest {

    private final ManualLoop loop = new ManualLoop();
    private final LatencyHistogram lateness = new LatencyHistogram();
    private final LoopWatch watch = new LoopWatch(loop, lateness).begin();

    @Test
    void a_loop_that_runs_is_heard_of_all_the_time_and_never_late() {
        loop.pass(Duration.ofSeconds(10));

        assertThat(watch.silence()).isLessThanOrEqualTo(Duration.ofMillis(100));
        assertThat(lateness.snapshot().count()).isBetween(95L, 100L);
        assertThat(lateness.snapshot().sumNanos()).isZero();
    }

    @Test
    void a_loop_that_stood_still_is_late_by_that() {
        loop.pass(Duration.ofSeconds(1));

        loop.stall(Duration.ofSeconds(3));

        assertThat(Duration.ofNanos(lateness.snapshot().sumNanos())).isBetween(Duration.ofMillis(2900),
                Duration.ofSeconds(3));
        assertThat(watch.silence()).isZero();
    }

    @Test
    void a_loop_that_does_not_run_is_silent_for_as_long() {
        loop.pass(Duration.ofSeconds(1));
        Duration before = watch.silence();

        loop.freeze(Duration.ofSeconds(5));

        assertThat(watch.silence()).isEqualTo(before.plusSeconds(5));
    }
}
