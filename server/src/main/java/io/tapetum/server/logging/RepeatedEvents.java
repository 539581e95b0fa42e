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
 * told as a first one. All methods may be called by any thread.
 *
 * @param <K> what makes two events the same
 */
public final class RepeatedEvents<K> {

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
        tally.count++;
        if (nowNs - tally.toldAtNs < intervalNs) {
            return Optional.empty();
        }
        Times times = new Times(tally.count, tally.first, now);
        tally.count = 0;
        tally.toldAtNs = nowNs;
        tallies.remove(kind);
        tallies.put(kind, tally);
        return Optional.of(times);
    }
}
