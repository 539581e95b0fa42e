package io.tapetum.core.simulation;

import java.util.random.RandomGenerator;

import io.tapetum.core.transport.EventLoop;

/** An event loop whose tasks are events of the virtual time: in order, and a little late at random. */
final class VirtualLoop implements EventLoop {

    private final VirtualTime time;
    private final RandomGenerator random;
    private final long origin;
    private final long maxLatency;
    private long lastTask;

    /**
     * @param origin what {@link #nanoTime} says at the beginning; may be so late that the clock overflows in the run
     * @param maxLatency how late a task may be
     */
    VirtualLoop(VirtualTime time, RandomGenerator random, long origin, long maxLatency) {
        this.time = time;
        this.random = random;
        this.origin = origin;
        this.maxLatency = maxLatency;
    }

    @Override
    public void execute(Runnable task) {
        lastTask = Math.max(lastTask, time.now() + random.nextLong(maxLatency + 1));
        time.at(lastTask, task);
    }

    @Override
    public Timer schedule(long deadlineNanos, Runnable task) {
        VirtualTime.Event event = time.at(deadlineNanos - origin + random.nextLong(maxLatency + 1), task);
        return event::cancel;
    }

    @Override
    public long nanoTime() {
        return origin + time.now();
    }
}
