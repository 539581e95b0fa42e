package io.tapetum.rib;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one prefix: its paths, the best of them, and the version of that choice. Guarded by the lock of its
 * stripe but for {@link #version}, which is written under it and read without.
 */
final class RouteEntry {

    final long high;
    final long low;
    final int length;

    @Nullable
    Path first;
    @Nullable
    Path best;

    /** Volatile: whoever appends to a log asks, without the stripe's lock, whether its change is still the last one. */
    volatile long version;

    RouteEntry(long high, long low, int length) {
        this.high = high;
        this.low = low;
        this.length = length;
    }

    boolean is(long otherHigh, long otherLow, int otherLength) {
        return high == otherHigh && low == otherLow && length == otherLength;
    }

    @Nullable
    Path find(RouteSource source, int pathId) {
        for (Path path = first; path != null; path = path.next) {
            if (path.isOf(source, pathId)) {
                return path;
            }
        }
        return null;
    }

    /** Puts {@code replacement} in the place of {@code path}, or takes it out. */
    void replace(Path path, @Nullable Path replacement) {
        Path successor = path.next;
        if (replacement != null) {
            replacement.next = successor;
            successor = replacement;
        }
        if (first == path) {
            first = successor;
            return;
        }
        for (Path before = first; before != null; before = before.next) {
            if (before.next == path) {
                before.next = successor;
                return;
            }
        }
        throw new IllegalStateException(path + " is not in its entry");
    }
}
