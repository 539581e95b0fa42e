package io.tapetum.rib;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.PathAttributes;

/**
 * What is known of one prefix: its paths, and the version of the choice among them. Guarded by the lock of its stripe,
 * but for {@link #version}, which is written under it and read without.
 *
 * <p>There are millions of entries, and most have one path. So an entry <em>is</em> its best path, at the head of the
 * chain of all; and prefixes of up to 64 bits, which are all of IPv4 and nearly all of IPv6, have no second half.
 */
sealed class RouteEntry extends Path permits LongPrefixEntry {

    /** Bits of the length, below those of the version. */
    private static final int LENGTH_BITS = 8;

    private final long high;

    /**
     * The prefix length, which stays, and the version: together in 64 bits, of which the version will never fill its 56.
     * Volatile: whoever appends to a log asks, without the stripe's lock, whether its change is still the last one.
     */
    private volatile long versionAndLength;

    RouteEntry(long high, int length, RouteSource source, int pathId, PathAttributes attributes) {
        super(source, pathId, attributes, null);
        this.high = high;
        this.versionAndLength = length;
    }

    /** The entry of a prefix that has its first path. */
    static RouteEntry of(long high, long low, int length, RouteSource source, int pathId, PathAttributes attributes) {
        return length <= Long.SIZE
                ? new RouteEntry(high, length, source, pathId, attributes)
                : new LongPrefixEntry(high, low, length, source, pathId, attributes);
    }

    final long high() {
        return high;
    }

    long low() {
        return 0;
    }

    final int length() {
        return (int) versionAndLength & (1 << LENGTH_BITS) - 1;
    }

    /** Greater for every later change of the prefix. */
    final long version() {
        return versionAndLength >>> LENGTH_BITS;
    }

    final void setVersion(long version) {
        versionAndLength = version << LENGTH_BITS | length();
    }

    final boolean is(long otherHigh, long otherLow, int otherLength) {
        return high == otherHigh && length() == otherLength && low() == otherLow;
    }

    final @Nullable Path find(RouteSource source, int pathId) {
        for (Path path = this; path != null; path = path.next) {
            if (path.isOf(source, pathId)) {
                return path;
            }
        }
        return null;
    }

    /** Takes out a path that is not the only one. In the place of the best stands then the next, better or not. */
    final void unlink(Path path) {
        Path successor = next;
        if (path == this && successor != null) {
            assign(successor);
            next = successor.next;
            return;
        }
        for (Path before = this; before != null; before = before.next) {
            if (before.next == path) {
                before.next = path.next;
                return;
            }
        }
        throw new IllegalStateException(path + " is not one of several in its entry");
    }
}
