package io.tapetum.core.reflection;

import java.util.concurrent.atomic.AtomicLong;

import io.tapetum.core.delay.LatencyHistogram;

/**
 * Measures how long it takes until the last event loop has sent a change of a group, one change at a time: those that come
 * while one is under way are not measured. Any thread may begin; nothing is locked or allocated.
 */
/*
 * Why the last loop, and only it, records the right time.
 *
 * Whoever begins has appended the change before, and tells each loop that it owes a round before it wakes it. A loop looks
 * at what it owes after it has declared itself asleep and before it reads the log (LoopMembers says why it misses nothing);
 * so the round that pays comes after the append, and sends it. All these loops are in the array that the count was taken
 * from. A loop stays in that array, and is woken, when its last member has left: it pays with a round for nobody.
 *
 * The count falls to zero once. The time of receipt was written before the first loop was told, and is written again only
 * by who begins next, which is not possible before the last loop has set the whole number to zero; so the last reads it
 * unharmed.
 */
final class Probe {

    /** Added for each round that sent something; the lower half counts the loops that still owe one. */
    private static final long SENT = 1L << Integer.SIZE;

    /** Zero if none is under way. */
    private final AtomicLong owed = new AtomicLong();

    private long receivedNanos;

    /**
     * Begins, unless one is under way.
     *
     * @param loops who must all be told that they owe a round if this returns true; at least one
     */
    boolean begin(int loops, long changeReceivedNanos) {
        if (owed.get() != 0 || !owed.compareAndSet(0, loops)) {
            return false;
        }
        receivedNanos = changeReceivedNanos;
        return true;
    }

    /**
     * A loop has done the round that it owes.
     *
     * @param sent whether somebody was sent something in it; if nobody was by any loop, nothing is measured
     * @param toLast of the calling loop
     */
    void paid(boolean sent, long nowNanos, LatencyHistogram toLast) {
        long left = owed.addAndGet(sent ? SENT - 1 : -1);
        if (left != 0 && (int) left == 0) {
            toLast.record(nowNanos - receivedNanos);
            owed.set(0);
        }
    }
}
