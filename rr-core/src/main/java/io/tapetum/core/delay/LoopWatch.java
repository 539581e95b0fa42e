package io.tapetum.core.delay;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.tapetum.core.transport.EventLoop;

/**
 * Asks an event loop to run a task every now and then, and sees how late it does: a loop that is late keeps all its
 * sessions waiting, and one that is silent has stopped.
 */
public final class LoopWatch implements Runnable {

    /** Often enough to see a pause before an operator does, and too seldom to be noticed by anybody. */
    private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

    private final EventLoop loop;
    private final LatencyHistogram lateness;
    /** Confined to the loop. */
    private long dueNanos;

    // One writer once the watch has begun, the loop; a release write suffices, for nothing else is read by it.
    private final AtomicLong heardNanos = new AtomicLong();

    /**
     * A watch that has not begun.
     *
     * @param lateness where the loop records how late each task ran
     */
    public LoopWatch(EventLoop loop, LatencyHistogram lateness) {
        this.loop = loop;
        this.lateness = lateness;
    }

    /** Begins to watch: the loop counts as heard of now. Call it once, on any thread. */
    public LoopWatch begin() {
        heardNanos.setRelease(loop.nanoTime());
        loop.execute(this::scheduleNext);
        return this;
    }

    /** For how long the loop has not been heard of, if it is watched. Callable by any thread. */
    public Duration silence() {
        long heard = heardNanos.getAcquire();
        // The clock is read last, so that no silence is negative.
        return Duration.ofNanos(loop.nanoTime() - heard);
    }

    @Override
    public void run() {
        lateness.record(loop.nanoTime() - dueNanos);
        scheduleNext();
    }

    private void scheduleNext() {
        long now = loop.nanoTime();
        heardNanos.setRelease(now);
        dueNanos = now + INTERVAL_NANOS;
        loop.schedule(dueNanos, this);
    }
}
