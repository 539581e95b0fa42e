package io.tapetum.core.delay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {

    private static final List<Long> BOUNDS = new LatencyHistogram().snapshot().upperNanos();

    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void buckets_reach_from_ten_microseconds_to_a_minute_and_the_last_takes_the_rest() {
        assertThat(BOUNDS).isSorted().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(21)
                .startsWith(Duration.ofNanos(10_000).toNanos())
                .endsWith(Duration.ofMinutes(1).toNanos(), Long.MAX_VALUE);
    }

    @Test
    void a_bound_belongs_to_its_bucket_and_what_is_more_to_the_next() {
        for (int bucket = 0; bucket < BOUNDS.size() - 1; bucket++) {
            LatencyHistogram one = new LatencyHistogram();
            one.record(BOUNDS.get(bucket));
            one.record(BOUNDS.get(bucket) + 1);

            assertThat(one.snapshot().counts().get(bucket)).isOne();
            assertThat(one.snapshot().counts().get(bucket + 1)).isOne();
        }
    }

    @Test
    void every_duration_is_counted_where_a_search_through_all_bounds_finds_it() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> expected = new ArrayList<>(Collections.nCopies(BOUNDS.size(), 0L));
        long sum = 0;
        for (int i = 0; i < 200_000; i++) {
            long duration = random.nextLong() >>> random.nextInt(20, Long.SIZE);
            int bucket = 0;
            while (duration > BOUNDS.get(bucket)) {
                bucket++;
            }
            expected.set(bucket, expected.get(bucket) + 1);
            sum += duration;

            histogram.record(duration);
        }

        assertThat(histogram.snapshot()).as("seed %d", seed).isEqualTo(new LatencySnapshot(BOUNDS, expected, sum));
        assertThat(histogram.snapshot().count()).isEqualTo(200_000);
    }

    @Test
    void the_longest_there_is_and_one_that_cannot_be_are_counted_too() {
        histogram.record(Long.MAX_VALUE);
        histogram.record(Long.MIN_VALUE);

        assertThat(histogram.snapshot().counts()).startsWith(1L).endsWith(1L);
        assertThat(histogram.snapshot().sumNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void those_of_several_loops_are_added_up() {
        LoopDelays first = new LoopDelays();
        LoopDelays second = new LoopDelays();
        first.flush().record(7_000);
        second.flush().record(8_000);
        second.flush().record(30_000);
        second.toLast().record(1);

        Delays both = LoopDelays.together(List.of(first, second));

        assertThat(both.flush().counts()).startsWith(2L, 0L, 1L);
        assertThat(both.flush().sumNanos()).isEqualTo(45_000);
        assertThat(both.toLast().count()).isOne();
        assertThat(List.of(both.decision().count(), both.loop().count(), both.toEach().count())).containsOnly(0L);
    }

    @Test
    void who_looks_while_it_is_written_sees_it_grow_and_in_the_end_all_of_it() {
        int records = 2_000_000;
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < records; i++) {
                histogram.record(i % 100_000);
            }
        }, task -> Thread.ofPlatform().start(task));
        LatencySnapshot before = histogram.snapshot();
        while (!writer.isDone()) {
            LatencySnapshot now = histogram.snapshot();
            for (int bucket = 0; bucket < BOUNDS.size(); bucket++) {
                assertThat(now.counts().get(bucket)).isGreaterThanOrEqualTo(before.counts().get(bucket));
            }
            assertThat(now.sumNanos()).isGreaterThanOrEqualTo(before.sumNanos());
            before = now;
        }

        writer.join();
        assertThat(histogram.snapshot().count()).isEqualTo(records);
        assertThat(histogram.snapshot().sumNanos()).isEqualTo(records / 100_000 * (99_999L * 100_000 / 2));
    }
}
