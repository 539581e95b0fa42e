package io.tapetum.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void nothing_entered_gives_zero() {
        assertThat(latencies.count()).isZero();
        assertThat(latencies.quantileNanos(0.99)).isZero();
        assertThat(latencies.maxNanos()).isZero();
    }

    @Test
    void small_values_are_exact() {
        for (int value = 0; value <= 100; value++) {
            latencies.record(value);
        }

        assertThat(latencies.quantileNanos(0)).isZero();
        assertThat(latencies.quantileNanos(0.5)).isEqualTo(50);
        assertThat(latencies.count()).isEqualTo(101);
    }

    @Test
    void quantiles_are_within_two_percent_of_the_sorted_values_and_the_maximum_is_exact() {
        SplittableRandom random = new SplittableRandom(1);
        long[] values = random.longs(10_000, 1, 40).map(shift -> 1 + random.nextLong(1L << shift)).toArray();

        Arrays.stream(values).forEach(latencies::record);

        Arrays.sort(values);
        for (double share : new double[]{0.001, 0.1, 0.5, 0.9, 0.99, 0.999}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat(latencies.quantileNanos(share)).isCloseTo(exact, Percentage.withPercentage(2));
        }
        assertThat(latencies.maxNanos()).isEqualTo(values[values.length - 1]);
        assertThat(latencies.quantileNanos(1)).isEqualTo(latencies.maxNanos());
    }

    @Test
    void the_extremes_have_a_bucket() {
        latencies.record(-1);
        latencies.record(Long.MAX_VALUE);

        assertThat(latencies.quantileNanos(0.5)).isZero();
        assertThat(latencies.quantileNanos(1)).isCloseTo(Long.MAX_VALUE, within(0L));
    }
}
