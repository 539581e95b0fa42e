package io.tapetum.rib;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.PathAttributes;

/**
 * The decision process of RFC 4271 §9.1.2 with the amendments of RFC 4456 §9 and RFC 9494 §4.4.
 *
 * <p>The outcome depends on the set of paths alone, never on the order of their arrival: there is no preference for the
 * path that is best already, and MED is compared within each neighbouring AS before paths of different ones are (what
 * operators call deterministic MED). A reflector beside the forwarding path has no routes of its own to the next hops:
 * all of them count as reachable at equal cost (RFC 4271 §9.1.2.2 e decides nothing).
 */
public final class BestPath {

    private static final DecisionReason[] REASONS = DecisionReason.values();

    private BestPath() {}

    /** The best of these paths, or {@code null} of none. */
    public static @Nullable Path of(List<Path> paths) {
        Path chain = null;
        for (Path path : paths) {
            chain = new Path(path.source(), path.pathId(), path.attributes(), chain);
        }
        if (chain == null) {
            return null;
        }
        Path best = best(chain);
        for (Path path : paths) {
            if (path.isOf(best.source(), best.pathId())
                    && path.attributes().equals(best.attributes())) {
                return path;
            }
        }
        return null;
    }

    /** Which rung decides between two paths, were they the only ones. */
    public static DecisionReason reason(Path one, Path other) {
        int rung = ladder(one, other, true);
        return rung == 0 ? DecisionReason.SAME : REASONS[Math.abs(rung) - 1];
    }

    /**
     * By which rung the best path of a prefix won against another one. Where the other one would win if the two were alone,
     * MED has removed it: a third path from the same neighbouring AS has a lower one.
     */
    public static DecisionReason lostBy(Path best, Path other) {
        return compare(best, other) > 0 ? DecisionReason.MED : reason(best, other);
    }

    /**
     * Compares two paths as if they were the only ones: negative if the first is better. Antisymmetric, but with more
     * than two neighbouring ASes not transitive, because MED is not: the best of many is {@link #of}, not a minimum.
     */
    public static int compare(Path one, Path other) {
        return Integer.signum(ladder(one, other, true));
    }

    /** The best path of a chain. Allocation-free. */
    static Path best(Path chain) {
        // A path that ties for the top before MED is weighed: the ladder without MED is a total order.
        Path leader = chain;
        boolean medVaries = false;
        for (Path path = chain.next; path != null; path = path.next) {
            medVaries |= path.attributes().med() != chain.attributes().med();
            if (ladder(path, leader, false) < 0) {
                leader = path;
            }
        }
        if (!medVaries) {
            return leader;
        }
        // Of those that tie with it, MED removes some (RFC 4271 §9.1.2.2 c); never all, as the least of a group stays.
        Path best = null;
        for (Path path = chain; path != null; path = path.next) {
            if (tiesUpToOrigin(path, leader) && !losesByMed(path, chain)
                    && (best == null || ladder(path, best, false) < 0)) {
                best = path;
            }
        }
        return best == null ? leader : best;
    }

    /**
     * Sorts paths best first: the second is the one that would be the best without the first, and so on. Like
     * {@link #best}, it depends on the set alone.
     */
    static void rank(Path[] paths) {
        // Of those that tie before MED is weighed, the best of the rest is always the first of some neighbouring AS in
        // the order of MED and what comes after it: so each AS is sorted by itself, and they are merged.
        Arrays.sort(paths, BestPath::compareWithinNeighbor);
        int from = 0;
        while (from < paths.length) {
            int to = from + 1;
            while (to < paths.length && tiesUpToOrigin(paths[from], paths[to])) {
                to++;
            }
            if (!isOfOneNeighbor(paths[from], paths[to - 1])) {
                merge(paths, from, to);
            }
            from = to;
        }
    }

    private static int compareWithinNeighbor(Path one, Path other) {
        if (isOfOneNeighbor(one, other)) {
            return ladder(one, other, true);
        }
        int rung = ladder(one, other, false);
        return tiesUpToOrigin(rung)
                ? Long.compare(one.attributes().neighborAs(), other.attributes().neighborAs())
                : rung;
    }

    private static boolean isOfOneNeighbor(Path one, Path other) {
        return one.attributes().neighborAs() == other.attributes().neighborAs();
    }

    /** Merges the neighbours' runs in {@code paths[from, to)}. */
    private static void merge(Path[] paths, int from, int to) {
        Path[] sorted = Arrays.copyOfRange(paths, from, to);
        // Where the rest of each run begins, and where it ends.
        int[] head = new int[sorted.length];
        int[] end = new int[sorted.length];
        int runs = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || !isOfOneNeighbor(sorted[i - 1], sorted[i])) {
                head[runs++] = i;
            }
            end[runs - 1] = i + 1;
        }
        for (int i = from; i < to; i++) {
            int best = -1;
            for (int run = 0; run < runs; run++) {
                if (head[run] < end[run]
                        && (best < 0 || ladder(sorted[head[run]], sorted[head[best]], false) < 0)) {
                    best = run;
                }
            }
            paths[i] = sorted[head[best]++];
        }
    }

    private static boolean losesByMed(Path path, Path chain) {
        for (Path other = chain; other != null; other = other.next) {
            if (tiesUpToOrigin(path, other) && ladder(path, other, true) == DecisionReason.MED.rung) {
                return true;
            }
        }
        return false;
    }

    private static boolean tiesUpToOrigin(Path one, Path other) {
        return tiesUpToOrigin(ladder(one, other, false));
    }

    private static boolean tiesUpToOrigin(int rung) {
        return rung == 0 || Math.abs(rung) > DecisionReason.ORIGIN.rung;
    }

    /**
     * The rungs, one by one.
     *
     * @return 0 for the same path; else the rung of the deciding {@link DecisionReason}, negative if
     *         {@code one} is the better path, positive if {@code other} is
     */
    private static int ladder(Path one, Path other, boolean withMed) {
        PathAttributes a = one.attributes();
        PathAttributes b = other.attributes();
        RouteSource from = one.source();
        RouteSource otherFrom = other.source();

        // RFC 9494 §4.4: a stale route loses to every other.
        int result = Boolean.compare(a.has(PathAttributes.LLGR_STALE), b.has(PathAttributes.LLGR_STALE));
        if (result != 0) {
            return signed(result, DecisionReason.NOT_STALE);
        }
        // RFC 4271 §9.1.1: the degree of preference. The value is unsigned, and a long.
        result = Long.compare(b.localPref(), a.localPref());
        if (result != 0) {
            return signed(result, DecisionReason.LOCAL_PREF);
        }
        // RFC 4271 §9.1.2.2 a; RFC 5065 §5.3 for confederation segments.
        result = Integer.compare(a.asPathLength(), b.asPathLength());
        if (result != 0) {
            return signed(result, DecisionReason.AS_PATH_LENGTH);
        }
        // RFC 4271 §9.1.2.2 b.
        result = Integer.compare(a.origin(), b.origin());
        if (result != 0) {
            return signed(result, DecisionReason.ORIGIN);
        }
        // RFC 4271 §9.1.2.2 c. Neighbour 0 stands for the local AS, which an internal path without one comes from.
        if (withMed && a.neighborAs() == b.neighborAs()) {
            result = Long.compare(a.med(), b.med());
            if (result != 0) {
                return signed(result, DecisionReason.MED);
            }
        }
        // RFC 4271 §9.1.2.2 d.
        result = Boolean.compare(from.kind().isInternal(), otherFrom.kind().isInternal());
        if (result != 0) {
            return signed(result, DecisionReason.EXTERNAL);
        }
        // RFC 4271 §9.1.2.2 f with RFC 4456 §9: ORIGINATOR_ID stands in for the BGP Identifier.
        result = Integer.compareUnsigned(identifier(one), identifier(other));
        if (result != 0) {
            return signed(result, DecisionReason.IDENTIFIER);
        }
        // RFC 4456 §9.
        result = Integer.compare(a.clusterListLength(), b.clusterListLength());
        if (result != 0) {
            return signed(result, DecisionReason.CLUSTER_LIST);
        }
        // RFC 4271 §9.1.2.2 g. IPv4 peers compare by their mapped addresses.
        result = Long.compareUnsigned(from.addressHigh(), otherFrom.addressHigh());
        if (result == 0) {
            result = Long.compareUnsigned(from.addressLow(), otherFrom.addressLow());
        }
        if (result != 0) {
            return signed(result, DecisionReason.PEER_ADDRESS);
        }
        result = Integer.compareUnsigned(one.pathId(), other.pathId());
        if (result != 0) {
            return signed(result, DecisionReason.PATH_ID);
        }
        result = Integer.compare(from.peerId(), otherFrom.peerId());
        return result == 0 ? 0 : signed(result, DecisionReason.PEER_ID);
    }

    private static int signed(int result, DecisionReason reason) {
        return result < 0 ? -reason.rung : reason.rung;
    }

    private static int identifier(Path path) {
        PathAttributes attributes = path.attributes();
        return attributes.has(PathAttributes.HAS_ORIGINATOR_ID)
                ? attributes.originatorId()
                : path.source().bgpIdentifier();
    }
}
