package io.tapetum.core.history;

import java.util.ArrayDeque;
import java.util.List;

import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/**
 * A prefix that is followed, with the last things that happened to it. Any event loop may record; they seldom do at the
 * same time, so a lock is cheap.
 */
public final class FollowedPrefix {

    /** How much is remembered. */
    static final int MAX_OCCURRENCES = 256;

    private final Prefix prefix;
    private final long sinceNanos;
    private long untilNanos;
    private final ArrayDeque<Occurrence> occurrences = new ArrayDeque<>();
    private long forgotten;

    FollowedPrefix(Prefix prefix, long sinceNanos, long untilNanos) {
        this.prefix = prefix;
        this.sinceNanos = sinceNanos;
        this.untilNanos = untilNanos;
    }

    /**
     * What is remembered.
     *
     * @param occurrences oldest first
     * @param forgotten how many older ones there were
     */
    public record History(long sinceNanos, long untilNanos, List<Occurrence> occurrences, long forgotten) {

        public History {
            occurrences = List.copyOf(occurrences);
        }
    }

    public Prefix prefix() {
        return prefix;
    }

    /** Whether it is this prefix. */
    public boolean is(Family family, long high, long low, int length) {
        return prefix.high() == high && prefix.length() == length && prefix.low() == low && prefix.family() == family;
    }

    public synchronized void record(Occurrence occurrence) {
        if (occurrences.size() == MAX_OCCURRENCES) {
            occurrences.removeFirst();
            forgotten++;
        }
        occurrences.addLast(occurrence);
    }

    synchronized void followUntil(long nanos) {
        untilNanos = nanos;
    }

    synchronized boolean isOver(long nowNanos) {
        return nowNanos - untilNanos >= 0;
    }

    synchronized History history() {
        return new History(sinceNanos, untilNanos, List.copyOf(occurrences), forgotten);
    }
}
