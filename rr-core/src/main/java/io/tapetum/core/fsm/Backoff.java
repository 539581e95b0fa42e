package io.tapetum.core.fsm;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The growing wait between two tries, each shortened at random so that many peers do not move in step. */
final class Backoff {

    private static final double MIN_SHARE = 0.75;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Three quarters to the whole of an interval (RFC 4271 §10). */
    static long jittered(long nanos, RandomGenerator random) {
        return (long) (nanos * random.nextDouble(MIN_SHARE, 1));
    }

    /** The wait after one more failure, in nanoseconds: doubles from {@code first} up to {@code longest}. */
    long next(Duration first, Duration longest) {
        long limit = longest.toNanos();
        long nanos = Math.min(first.toNanos(), limit);
        for (int i = 0; i < failures && nanos < limit; i++) {
            nanos = nanos > limit / 2 ? limit : nanos * 2;
        }
        failures++;
        return jittered(nanos, random);
    }

    void reset() {
        failures = 0;
    }
}
