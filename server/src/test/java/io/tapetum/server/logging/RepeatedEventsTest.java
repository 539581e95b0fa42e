package io.tapetum.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.tapetum.server.logging.RepeatedEvents.Times;

class RepeatedEventsTest {

    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private Duration elapsed = Duration.ZERO;

    /** The counter begins shortly before it overflows, as it may. */
    private final RepeatedEvents<String> events = new RepeatedEvents<>(Duration.ofSeconds(10), 2,
            () -> Long.MAX_VALUE - 5 + elapsed.toNanos(), () -> START.plus(elapsed));

    private void waitFor(int seconds) {
        elapsed = elapsed.plusSeconds(seconds);
    }

    @Test
    void the_first_event_is_told_at_once() {
        assertThat(events.happened("a")).contains(new Times(1, START, START));
    }

    @Test
    void further_ones_are_counted_and_told_when_the_interval_is_over() {
        events.happened("a");
        waitFor(1);
        assertThat(events.happened("a")).isEmpty();
        waitFor(8);
        assertThat(events.happened("a")).isEmpty();
        waitFor(1);

        assertThat(events.happened("a")).contains(new Times(3, START.plusSeconds(1), START.plusSeconds(10)));
    }

    @Test
    void the_count_begins_anew_after_it_was_told() {
        events.happened("a");
        waitFor(10);
        events.happened("a");
        waitFor(3);
        assertThat(events.happened("a")).isEmpty();
        waitFor(7);

        assertThat(events.happened("a")).contains(new Times(2, START.plusSeconds(13), START.plusSeconds(20)));
    }

    @Test
    void kinds_do_not_silence_each_other() {
        events.happened("a");

        assertThat(events.happened("b")).isPresent();
    }

    @Test
    void of_too_many_kinds_the_one_told_longest_ago_is_forgotten() {
        events.happened("a");
        events.happened("b");
        waitFor(10);
        events.happened("a");
        events.happened("c");

        assertThat(events.happened("a")).isEmpty();
        assertThat(events.happened("b")).isPresent();
    }
}
