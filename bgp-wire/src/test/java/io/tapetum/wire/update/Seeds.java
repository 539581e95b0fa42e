package io.tapetum.wire.update;

import java.util.Random;
import java.util.function.LongConsumer;

/** Random tests: a new seed each time, or the one in the system property {@code tapetum.seed} to replay a failure. */
public final class Seeds {

    private Seeds() {}

    /** Runs a test {@code times} times from seeds that follow one base seed; a failure names the seed it came from. */
    public static void each(int times, LongConsumer test) {
        Long replayed = Long.getLong("tapetum.seed");
        if (replayed != null) {
            test.accept(replayed);
            return;
        }
        Random seeds = new Random();
        for (int i = 0; i < times; i++) {
            long seed = seeds.nextLong();
            try {
                test.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("replay with -Dtapetum.seed=" + seed, e);
            }
        }
    }
}
