package io.tapetum.core.delay;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Counts durations in fixed buckets, from 10 µs to a minute in steps of about 1, 2 and 5. One thread records, which
 * allocates nothing and takes a few nanoseconds; any thread may look.
 *
 * <p>There is one writer, so nothing is lost without a lock; and one release write publishes any number of durations, each of
 * which a machine of 64 bits writes whole. Whoever wants one histogram of what several threads do gives each its own and adds
 * them up when they are looked at.
 */
public final class LatencyHistogram {

    private static final long[] UPPER = upperBounds();

    /** The first bucket that may hold a number of so many bits: from there it is two steps at most. */
    private static final int[] FIRST_OF_BITS = firstOfBits();

    /** Plain, but every write is followed by one of the sum that publishes it, and every reader reads the sum before. */
    private final long[] counts = new long[UPPER.length];
    /** Confined to the writer. */
    private long sum;
    private final AtomicLong publishedSum = new AtomicLong();

    private static long[] upperBounds() {
        LongStream micros = LongStream.of(10, 20, 50, 100, 200, 500).map(TimeUnit.MICROSECONDS::toNanos);
        LongStream millis = LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500).map(TimeUnit.MILLISECONDS::toNanos);
        LongStream seconds = LongStream.of(1, 2, 5, 10, 60).map(TimeUnit.SECONDS::toNanos);
        return LongStream.concat(LongStream.concat(micros, millis), LongStream.concat(seconds,
                LongStream.of(Long.MAX_VALUE))).toArray();
    }

    private static int[] firstOfBits() {
        int[] first = new int[Long.SIZE];
        for (int bits = 1; bits < Long.SIZE; bits++) {
            long smallest = 1L << (bits - 1);
            while (UPPER[first[bits]] < smallest) {
                first[bits]++;
            }
        }
        return first;
    }

    /** Counts a duration and shows it; a negative one, which only a clock in error can give, is none at all. */
    public void record(long nanos) {
        note(nanos);
        publish();
    }

    /** Counts a duration that is to be shown with the next {@link #publish}: for who records many in a row. */
    public void note(long nanos) {
        long duration = Math.max(0, nanos);
        int bucket = FIRST_OF_BITS[Long.SIZE - Long.numberOfLeadingZeros(duration)];
        while (duration > UPPER[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        sum += duration;
    }

    /** Shows what was counted. */
    public void publish() {
        publishedSum.setRelease(sum);
    }

    /** All of these together. A duration that is recorded meanwhile may be in the count already and not in the sum. */
    static LatencySnapshot together(Collection<LatencyHistogram> histograms) {
        long sum = 0;
        long[] counts = new long[UPPER.length];
        for (LatencyHistogram histogram : histograms) {
            sum += histogram.publishedSum.getAcquire();
            for (int i = 0; i < counts.length; i++) {
                counts[i] += histogram.counts[i];
            }
        }
        return new LatencySnapshot(LongStream.of(UPPER).boxed().toList(), LongStream.of(counts).boxed().toList(), sum);
    }

    /** What was recorded so far. */
    public LatencySnapshot snapshot() {
        return together(List.of(this));
    }
}
