package io.tapetum.server.logging;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Keeps an event that happens a thousand times a second from filling the log: the first one is told at once, further
 * ones are counted and told together, at most once per interval. Whoever logs asks first:
 *
 * <pre>{@code
 * refused.happened(address).ifPresent(times -> log.warn("refused {}, {}", address, times));
 * }</pre>
 *
 * <p>
 * Memory is bounded: of more kinds than asked for, the one that was told longest ago is forgotten, and its next event is
 * told as a first one. What is counted and does not happen again is not told by itself, but to whoever asks what is
 * {@link #overdue}. All methods may be called by any thread.
 *
 * @param <K> what makes two events the same
 */
public final class RepeatedEvents<K> {

    /** For how long most things are silent after they were told. */
    public static final Duration INTERVAL = Duration.ofSeconds(30);

    /**
     * What is to be told.
     *
     * @param count how often it happened since it was last told, at least 1
     * @param first when it did so first
     * @param last when it did so last
     */
    public record Times(long count, Instant first, Instant last) {

        /** To end a sentence with. */
        @Override
        public String toString() {
            return count == 1 ? "once" : count + " times since " + first;
        }
    }

    private static final class Tally {
        private long toldAtNs;
        private long count;
        private Instant first = Instant.EPOCH;
        private Instant last = Instant.EPOCH;

        Times told(long nowNs) {
            Times times = new Times(count, first, last);
            count = 0;
            toldAtNs = nowNs;
            return times;
        }
    }

    private final long intervalNs;
    private final int kinds;
    private final LongSupplier nanoTime;
    private final InstantSource clock;

    /** In the order in which they were last told. Guarded by this object's monitor. */
    private final Map<K, Tally> tallies = new LinkedHashMap<>();

    /**
     * @param interval how long one kind is silent after it was told
     * @param kinds how many kinds are told apart, at least 1
     */
    public RepeatedEvents(Duration interval, int kinds) {
        this(interval, kinds, System::nanoTime, InstantSource.system());
    }

    /** Intervals are measured by {@code nanoTime}, which no one can set; {@code clock} is only for people to read. */
    RepeatedEvents(Duration interval, int kinds, LongSupplier nanoTime, InstantSource clock) {
        this.intervalNs = interval.toNanos();
        this.kinds = kinds;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    /** Counts an event; says what to tell, if it is time to tell anything. */
    public synchronized Optional<Times> happened(K kind) {
        long nowNs = nanoTime.getAsLong();
        Instant now = clock.instant();
        Tally tally = tallies.get(kind);
        if (tally == null) {
            if (tallies.size() >= kinds) {
                tallies.remove(tallies.keySet().iterator().next());
            }
            tally = new Tally();
            tally.toldAtNs = nowNs;
            tallies.put(kind, tally);
            return Optional.of(new Times(1, now, now));
        }
        if (tally.count == 0) {
            tally.first = now;
        }
        tally.last = now;
        tally.count++;
        if (nowNs - tally.toldAtNs < intervalNs) {
            return Optional.empty();
        }
        tallies.remove(kind);
        tallies.put(kind, tally);
        return Optional.of(tally.told(nowNs));
    }

    /** What was counted and has not been told for an interval; it is to be told now. */
    public synchronized Map<K, Times> overdue() {
        long nowNs = nanoTime.getAsLong();
        Map<K, Times> overdue = new LinkedHashMap<>();
        Map<K, Tally> told = new LinkedHashMap<>();
        tallies.forEach((kind, tally) -> {
            if (tally.count > 0 && nowNs - tally.toldAtNs >= intervalNs) {
                overdue.put(kind, tally.told(nowNs));
                told.put(kind, tally);
            }
        });
        tallies.keySet().removeAll(told.keySet());
        tallies.putAll(told);
        return overdue;
    }

    /** Whether anything was counted that has not been told. */
    public synchronized boolean hasUntold() {
        return tallies.values().stream().anyMatch(tally -> tally.count > 0);
    }
}
