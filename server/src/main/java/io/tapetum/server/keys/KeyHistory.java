package io.tapetum.server.keys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The keys that one reference has had: the newest, those before it whose overlap lasts, and those that are about to be
 * wiped. For one thread.
 */
public final class KeyHistory {

    /**
     * So many keys before the newest are valid at most. Peers may still have either when a rotation went wrong and is
     * repeated; more could not be told apart in a reasonable time.
     */
    private static final int MOST_BEFORE = 2;

    /** Somebody may just have asked which keys are valid, and be about to give one to the kernel. */
    private static final Duration UNTIL_WIPED = Duration.ofMinutes(1);

    private record Leaving(TcpKey key, long endNs) {

        /** By difference: the counter of nanoseconds may overflow. */
        private boolean isOver(long nowNs) {
            return endNs - nowNs <= 0;
        }
    }

    private final Duration overlap;
    private @Nullable TcpKey newest;
    private final List<Leaving> overlapping = new ArrayList<>();
    private final List<Leaving> unused = new ArrayList<>();

    /** @param overlap how long a key is valid after another took its place; zero for not at all */
    public KeyHistory(Duration overlap) {
        this.overlap = overlap;
    }

    /** The newest first. */
    public List<TcpKey> valid() {
        List<TcpKey> valid = new ArrayList<>();
        if (newest != null) {
            valid.add(newest);
        }
        overlapping.forEach(leaving -> valid.add(leaving.key()));
        return List.copyOf(valid);
    }

    /** The source has this key; returns whether that is another one. */
    public boolean now(TcpKey key, long nowNs) {
        if (key.equals(newest)) {
            return false;
        }
        // A key that comes back is valid as the newest, and need not be so twice.
        end(leaving -> leaving.key().equals(key), nowNs);
        retire(nowNs);
        newest = key;
        return true;
    }

    /** The source has none any more; returns whether it had. */
    public boolean gone(long nowNs) {
        boolean had = newest != null;
        retire(nowNs);
        newest = null;
        return had;
    }

    /** Nobody wants its keys any more: from now on none is valid, whatever the overlap. */
    public void forget(long nowNs) {
        gone(nowNs);
        end(_ -> true, nowNs);
    }

    /** Whether no key is left, not even one to be wiped. */
    public boolean isEmpty() {
        return newest == null && overlapping.isEmpty() && unused.isEmpty();
    }

    private void retire(long nowNs) {
        if (newest == null) {
            return;
        }
        overlapping.addFirst(new Leaving(newest, nowNs + overlap.toNanos()));
        while (overlapping.size() > MOST_BEFORE) {
            retireFromOverlap(overlapping.removeLast(), nowNs);
        }
    }

    /** Ends overlaps that have lasted long enough; returns whether there were any. */
    public boolean endOverlaps(long nowNs) {
        return end(leaving -> leaving.isOver(nowNs), nowNs);
    }

    private boolean end(Predicate<Leaving> which, long nowNs) {
        return overlapping.removeIf(leaving -> {
            boolean ends = which.test(leaving);
            if (ends) {
                retireFromOverlap(leaving, nowNs);
            }
            return ends;
        });
    }

    private void retireFromOverlap(Leaving leaving, long nowNs) {
        unused.add(new Leaving(leaving.key(), nowNs + UNTIL_WIPED.toNanos()));
    }

    /** Overwrites the keys that nobody can be about to use. */
    public void wipe(long nowNs) {
        unused.removeIf(leaving -> {
            boolean over = leaving.isOver(nowNs);
            if (over) {
                leaving.key().wipe();
            }
            return over;
        });
    }
}
