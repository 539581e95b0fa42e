package io.tapetum.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

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

    @Test
    void what_was_counted_and_stops_is_overdue_after_an_interval_and_told_only_once() {
        events.happened("a");
        waitFor(4);
        events.happened("a");
        events.happened("a");
        waitFor(5);
        assertThat(events.overdue()).as("too early").isEmpty();
        assertThat(events.hasUntold()).isTrue();
        waitFor(1);

        assertThat(events.overdue())
                .isEqualTo(Map.of("a", new Times(2, START.plusSeconds(4), START.plusSeconds(4))));
        assertThat(events.overdue()).isEmpty();
        assertThat(events.hasUntold()).isFalse();
    }

    @Test
    void a_kind_is_silent_for_an_interval_after_it_was_overdue() {
        events.happened("a");
        events.happened("a");
        waitFor(10);
        events.overdue();
        waitFor(9);
        assertThat(events.happened("a")).isEmpty();
        waitFor(1);

        assertThat(events.overdue()).containsKey("a");
    }

    @Test
    void what_was_overdue_is_not_the_first_to_be_forgotten() {
        events.happened("a");
        events.happened("a");
        waitFor(1);
        events.happened("b");
        waitFor(9);
        events.overdue();
        events.happened("c");

        assertThat(events.happened("a")).isEmpty();
    }
}
