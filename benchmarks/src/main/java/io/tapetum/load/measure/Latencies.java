package io.tapetum.load.measure;

/**
 * A histogram of latencies in nanoseconds. Buckets grow with the value, so
 * that every quantile is right within 1.6 %; the maximum is exact. Allocates nothing after its construction. For one
 * thread.
 */
public final class Latencies {

    /** Buckets between a power of two and the next: 64. */
    private static final int BITS = 6;
    private static final int BUCKETS = 1 << BITS;

    private final long[] counts = new long[BUCKETS * (Long.SIZE - BITS)];
    private long count;
    private long max;

    /** Enters one latency; less than 0 counts as 0. */
    public void record(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        count++;
        max = Math.max(max, value);
    }

    /** How many were entered. */
    public long count() {
        return count;
    }

    /** The greatest, exactly; 0 if there is none. */
    public long maxNanos() {
        return max;
    }

    /**
     * The value that this share of all does not exceed; 0 if there is none.
     *
     * @param share from 0 to 1: 0.5 for the median
     */
    public long quantileNanos(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= wanted && count > 0) {
                return Math.min(max, highest(bucket));
            }
        }
        return max;
    }

    /** Values below 64 have a bucket each; above, the first seven bits of the value choose. */
    private static int bucket(long value) {
        if (value < BUCKETS) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(value);
        return (shift + 1) * BUCKETS + (int) (value >>> shift) - BUCKETS;
    }

    private static long highest(int bucket) {
        if (bucket < BUCKETS) {
            return bucket;
        }
        int shift = bucket / BUCKETS - 1;
        return ((long) (bucket % BUCKETS + BUCKETS) + 1 << shift) - 1;
    }
}
