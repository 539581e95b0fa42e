package io.tapetum.interop.flood;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** The way of one route from the peer that announces it to all others. */
final class Trip {

    private final long sentAtNanos = System.nanoTime();
    /** Who is at zero writes the time, so nobody writes it twice. */
    private final AtomicInteger left;
    /** Volatile: written by the last to have it, read by the test. */
    private volatile long overAtNanos;
    private volatile boolean over;

    Trip(int receivers) {
        left = new AtomicInteger(receivers);
    }

    void arrivedAtOne() {
        if (left.decrementAndGet() == 0) {
            overAtNanos = System.nanoTime();
            over = true;
        }
    }

    boolean isOver() {
        return over;
    }

    Duration duration() {
        return Duration.ofNanos(overAtNanos - sentAtNanos);
    }
}
