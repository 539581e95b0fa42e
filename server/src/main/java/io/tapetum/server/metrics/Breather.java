package io.tapetum.server.metrics;

import java.util.concurrent.locks.LockSupport;

/**
 * Breaks in long work that nobody waits for, in which those who serve peers get the core. Without them an event loop that has
 * something to send while all cores are busy waits for the end of the time slice, or of the work: milliseconds, where it needs
 * one itself. Not thread-safe.
 */
final class Breather {

    private static final long WORK_NANOS = 300_000;
    private static final long BREAK_NANOS = 200_000;

    private long begunNanos = System.nanoTime();

    /** Takes a break if one is due. Call it once per some microseconds of work. */
    void giveWay() {
        if (System.nanoTime() - begunNanos > WORK_NANOS) {
            LockSupport.parkNanos(BREAK_NANOS);
            begunNanos = System.nanoTime();
        }
    }
}
