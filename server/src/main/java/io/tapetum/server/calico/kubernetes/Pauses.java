package io.tapetum.server.calico.kubernetes;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try: twice as long every time, and never two reflectors in step. For one thread. */
final class Pauses {

    /** How much of a pause is left to chance. */
    private static final double JITTER = 0.25;

    private final Duration first;
    private final Duration longest;
    private Duration next;

    Pauses(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** At most the longest one. */
    Duration next() {
        Duration pause = next;
        Duration twice = pause.multipliedBy(2);
        next = twice.compareTo(longest) > 0 ? longest : twice;
        return Duration.ofNanos((long) (pause.toNanos() * (1 - JITTER * ThreadLocalRandom.current().nextDouble())));
    }

    void reset() {
        next = first;
    }
}
