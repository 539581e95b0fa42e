package io.tapetum.rib.log;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.tapetum.rib.Path;
import io.tapetum.rib.PrefixChanges;

/**
 * Paths that are about to be announced, or taken back, each under its identifier. What is not current never gets here.
 * Guarded by the lock of the log.
 */
final class PathEntries extends PrefixChanges {

    private static final int INITIAL = 16;

    private long[] high = new long[INITIAL];
    private long[] low = new long[INITIAL];
    private int[] length = new int[INITIAL];
    private int[] pathId = new int[INITIAL];
    private long[] version = new long[INITIAL];
    private @Nullable Path[] path = new @Nullable Path[INITIAL];
    private int size;

    void clear() {
        Arrays.fill(path, 0, size, null);
        size = 0;
    }

    int size() {
        return size;
    }

    void add(PathTeller.Prefix prefix, int newPathId, long newVersion, Path newPath) {
        if (size == high.length) {
            int capacity = 2 * size;
            high = Arrays.copyOf(high, capacity);
            low = Arrays.copyOf(low, capacity);
            length = Arrays.copyOf(length, capacity);
            pathId = Arrays.copyOf(pathId, capacity);
            version = Arrays.copyOf(version, capacity);
            path = Arrays.copyOf(path, capacity);
        }
        high[size] = prefix.high();
        low[size] = prefix.low();
        length[size] = prefix.length();
        pathId[size] = newPathId;
        version[size] = newVersion;
        path[size] = newPath;
        size++;
    }

    Path path(int i) {
        return Objects.requireNonNull(path[i]);
    }

    /** Whether two entries can share a message. */
    @SuppressWarnings("ReferenceEquality") // interned attributes and sources are told apart by identity
    boolean saySame(int i, int other) {
        return path(i).attributes() == path(other).attributes() && path(i).source() == path(other).source();
    }

    @Override
    public long high(int i) {
        return high[i];
    }

    @Override
    public long low(int i) {
        return low[i];
    }

    @Override
    public int length(int i) {
        return length[i];
    }

    @Override
    public int pathId(int i) {
        return pathId[i];
    }

    @Override
    public long version(int i) {
        return version[i];
    }

    @Override
    public boolean isCurrent(int i) {
        return true;
    }
}
