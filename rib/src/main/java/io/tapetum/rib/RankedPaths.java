package io.tapetum.rib;

import org.jspecify.annotations.Nullable;

/**
 * All paths of a prefix as they were at one moment, best first. Immutable. A path that stays as it is from one of these to
 * the next stays the same object, so what changed can be told by identity.
 */
public final class RankedPaths {

    private final Path[] paths;
    private final long version;

    // Volatile: written under the lock of the stripe, read under that of a log to ask whether this is still the last.
    private volatile boolean superseded;

    private RankedPaths(Path[] paths, long version) {
        this.paths = paths;
        this.version = version;
    }

    /**
     * The paths of a chain; called under the lock of its stripe.
     *
     * @param before what came before it, if that is known
     */
    static RankedPaths of(Path chain, @Nullable RankedPaths before, long version) {
        int size = 0;
        for (Path path = chain; path != null; path = path.next) {
            size++;
        }
        Path[] paths = new Path[size];
        int i = 0;
        for (Path path = chain; path != null; path = path.next) {
            Path known = before == null ? null : before.find(path);
            paths[i++] = known != null && known.looksLike(path) ? known : path.copy();
        }
        BestPath.rank(paths);
        return new RankedPaths(paths, version);
    }

    /** Of a prefix that has no path any more. */
    static RankedPaths none(long version) {
        return new RankedPaths(new Path[0], version);
    }

    private @Nullable Path find(Path wanted) {
        for (Path path : paths) {
            if (path.isOf(wanted.source(), wanted.pathId())) {
                return path;
            }
        }
        return null;
    }

    public int size() {
        return paths.length;
    }

    /** The path that is the best without those before it. */
    public Path get(int rank) {
        return paths[rank];
    }

    /** Whether the paths have changed since. */
    boolean isSuperseded() {
        return superseded;
    }

    /** Called under the lock of the stripe. */
    void supersede() {
        superseded = true;
    }

    /** Greater for every later change of the same prefix. */
    long version() {
        return version;
    }
}
