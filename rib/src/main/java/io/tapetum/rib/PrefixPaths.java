package io.tapetum.rib;

import java.util.ArrayList;
import java.util.List;

/**
 * A prefix and paths of it, as they were at one moment.
 *
 * @param high the first 64 bits of the prefix, see {@link io.tapetum.wire.nlri.PrefixReader}
 * @param low the last 64 bits
 * @param length in bits
 * @param version of the choice among the paths: greater for every later one
 * @param paths at least one; the best path first, the others in no order
 */
public record PrefixPaths(long high, long low, int length, long version, List<Path> paths) {

    /** The best path of an entry, and those others that are wanted; called under the lock of its stripe. */
    static PrefixPaths of(RouteEntry entry, PathFilter filter) {
        List<Path> paths = new ArrayList<>();
        paths.add(entry.copy());
        for (Path path = entry.next; path != null; path = path.next) {
            if (filter.wants(path.source(), false)) {
                paths.add(path.copy());
            }
        }
        return new PrefixPaths(entry.high(), entry.low(), entry.length(), entry.version(), paths);
    }

    /** Which paths somebody wants to see. Called under a lock: quick, and without locks of its own. */
    @FunctionalInterface
    interface PathFilter {
        boolean wants(RouteSource source, boolean best);
    }

    public Path best() {
        return paths.getFirst();
    }

    /** The paths, each followed by the one that would be the best without it and those before it. */
    public List<Path> ranked() {
        Path[] ranked = paths.toArray(Path[]::new);
        BestPath.rank(ranked);
        return List.of(ranked);
    }

    /** Whether nothing has changed between the two: the same paths with the same attributes. */
    @SuppressWarnings("ReferenceEquality") // interned attributes and sources are told apart by identity
    public boolean isSame(PrefixPaths other) {
        if (version != other.version || paths.size() != other.paths.size()) {
            return false;
        }
        for (int i = 0; i < paths.size(); i++) {
            Path one = paths.get(i);
            Path two = other.paths.get(i);
            if (one.source() != two.source() || one.pathId() != two.pathId()
                    || one.attributes() != two.attributes()) {
                return false;
            }
        }
        return true;
    }
}
