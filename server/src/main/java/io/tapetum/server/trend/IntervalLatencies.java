package io.tapetum.server.trend;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.delay.LatencySnapshot;

/** What fell into a histogram between two moments. */
final class IntervalLatencies {

    private final LatencySnapshot later;
    private final long[] counts;
    private final long total;

    IntervalLatencies(LatencySnapshot earlier, LatencySnapshot later) {
        this.later = later;
        // A reflector that is still starting has no buckets yet.
        boolean comparable = earlier.upperNanos().equals(later.upperNanos());
        counts = new long[later.counts().size()];
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = later.counts().get(i) - (comparable ? earlier.counts().get(i) : 0);
            sum += counts[i];
        }
        total = sum;
    }

    /** How many there were. */
    long total() {
        return total;
    }

    /**
     * An upper bound for a share of them.
     *
     * @param share above 0, at most 1
     * @return the bound of the bucket where it ends, or, where that has none, of the one before; {@code null} if there was
     *         nothing
     */
    @Nullable
    Duration within(double share) {
        long wanted = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (total > 0 && seen >= wanted) {
                return Duration.ofNanos(bound(i));
            }
        }
        return null;
    }

    private long bound(int bucket) {
        long bound = later.upperNanos().get(bucket);
        return bound == Long.MAX_VALUE && bucket > 0 ? later.upperNanos().get(bucket - 1) : bound;
    }
}
