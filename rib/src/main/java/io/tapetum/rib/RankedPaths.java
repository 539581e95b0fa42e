package io.tapetum.rib;

import org.jspecify.annotations.Nullable;

/**
 * All paths of a prefix as they were at one moment, best first. Immutable. A path that stays as it is from one of these to
 * the next stays the same object, so what changed can be told by identity.
 */
public final class RankedPaths {

    private final Path[] paths;
    /** The same in the order of the chain they were copied from. */
    private final Path[] chained;
    private final long version;

    // Volatile: written under the lock of the stripe, read under that of a log to ask whether this is still the last.
    private volatile boolean superseded;

    private RankedPaths(Path[] chained, long version) {
        this.paths = chained.clone();
        this.chained = chained;
        this.version = version;
        BestPath.rank(paths);
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
        Path[] chained = new Path[size];
        int i = 0;
        int at = -1;
        for (Path path = chain; path != null; path = path.next) {
            // A change moves few paths of a chain, so the next one is nearly always where the last one leads to.
            int known = before == null ? -1 : before.find(path, at + 1);
            at = known >= 0 ? known : at;
            chained[i++] = before != null && known >= 0 && before.chained[known].looksLike(path)
                    ? before.chained[known]
                    : path.copy();
        }
        return new RankedPaths(chained, version);
    }

    /** Of a prefix that has no path any more. */
    static RankedPaths none(long version) {
        return new RankedPaths(new Path[0], version);
    }

    /** Where in the chain a path from the same peer with the same identifier stood; negative if there was none. */
    private int find(Path wanted, int likely) {
        for (int n = 0; n < chained.length; n++) {
            int i = (likely + n) % chained.length;
            if (chained[i].isOf(wanted.source(), wanted.pathId())) {
                return i;
            }
        }
        return -1;
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
