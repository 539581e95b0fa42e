package io.tapetum.rib;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The prefixes of which any path changed, with all the paths that they have since. Filled beside {@link RibChanges}, and
 * only while somebody wants them ({@link AdjRibIn#rankPaths}); for one thread, as those are. What is said there of
 * versions and of changes that are not current holds here too; the version is that of all paths together.
 */
public final class PathChanges {

    private static final int INITIAL = 16;

    private @Nullable RouteEntry[] entry = {};
    private @Nullable RankedPaths[] paths = {};
    private int size;

    PathChanges() {}

    void clear() {
        Arrays.fill(entry, 0, size, null);
        Arrays.fill(paths, 0, size, null);
        size = 0;
    }

    public int size() {
        return size;
    }

    /** The first 64 bits of the prefix of change {@code i}; an IPv4 address stands in the upper 32. */
    public long high(int i) {
        return entry(i).high();
    }

    /** The last 64 bits of an IPv6 prefix, else 0. */
    public long low(int i) {
        return entry(i).low();
    }

    /** Prefix length in bits. */
    public int length(int i) {
        return entry(i).length();
    }

    /** The paths after the change; none if the prefix has none any more. */
    public RankedPaths paths(int i) {
        return Objects.requireNonNull(paths[i]);
    }

    /** Greater for every later change of the same prefix. */
    public long version(int i) {
        return paths(i).version();
    }

    /** Whether no later change of the same entry has been decided, see {@link RibChanges#isCurrent}. */
    public boolean isCurrent(int i) {
        return !paths(i).isSuperseded();
    }

    private RouteEntry entry(int i) {
        return Objects.requireNonNull(entry[i]);
    }

    /** Called under the lock of the entry's stripe. */
    void add(RouteEntry changed, RankedPaths ranked) {
        if (size == entry.length) {
            int capacity = Math.max(INITIAL, 2 * size);
            entry = Arrays.copyOf(entry, capacity);
            paths = Arrays.copyOf(paths, capacity);
        }
        entry[size] = changed;
        paths[size] = ranked;
        size++;
    }
}
