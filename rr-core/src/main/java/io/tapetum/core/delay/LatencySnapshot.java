package io.tapetum.core.delay;

import java.util.List;

/**
 * A histogram at one moment; it only ever grows, so the difference of two is what happened in between.
 *
 * @param upperNanos the upper bound of each bucket, inclusive, in ascending order; the last is {@link Long#MAX_VALUE}
 * @param counts how many fell into each bucket, not cumulated
 * @param sumNanos of all of them
 */
public record LatencySnapshot(List<Long> upperNanos, List<Long> counts, long sumNanos) {

    public LatencySnapshot {
        upperNanos = List.copyOf(upperNanos);
        counts = List.copyOf(counts);
        if (upperNanos.size() != counts.size()) {
            throw new IllegalArgumentException("every bucket has a bound and a count");
        }
    }

    /** How many there are in all. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
