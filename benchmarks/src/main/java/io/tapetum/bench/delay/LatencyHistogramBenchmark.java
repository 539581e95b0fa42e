package io.tapetum.bench.delay;

import java.util.SplittableRandom;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import io.tapetum.bench.HotPathBenchmark;
import io.tapetum.core.delay.LatencyHistogram;
import io.tapetum.core.delay.LatencySnapshot;

/**
 * Recording how long something took, which the way of an UPDATE does once and a flush round once for each session. An
 * operation is one duration; the clock is not read.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class LatencyHistogramBenchmark extends HotPathBenchmark {

    private static final int DURATIONS = 1024;

    private final LatencyHistogram histogram = new LatencyHistogram();
    private final long[] durations = new long[DURATIONS];

    /** From microseconds to seconds, each power of two as likely as any other. */
    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DURATIONS; i++) {
            int bits = random.nextInt(10, 32);
            durations[i] = random.nextLong(1L << bits, 1L << (bits + 1));
        }
    }

    /** Should allocate nothing. */
    @Benchmark
    @OperationsPerInvocation(DURATIONS)
    public LatencyHistogram record() {
        for (int i = 0; i < DURATIONS; i++) {
            histogram.record(durations[i]);
        }
        return histogram;
    }

    /** What a scrape pays. */
    @Benchmark
    public LatencySnapshot snapshot() {
        return histogram.snapshot();
    }
}
