package io.tapetum.rib;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeInterner;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * What all peers announced for one address family, and the best path of each prefix (RFC 4271 §3.2, Adj-RIBs-In and
 * Loc-RIB in one). Every method may be called by any thread: prefixes are spread over stripes by their hash, and each
 * stripe has its own lock, held for one prefix at a time.
 *
 * <p>A peer's path of a prefix is known by the peer and the path identifier; an announcement replaces it, even one of
 * an earlier session of that peer. When the best path of a prefix changes, which includes the same path with other
 * attributes, the change is added to the caller's batch; offer it to every outbound log of the family.
 *
 * <p>A prefix is the triple that {@link io.tapetum.wire.nlri.PrefixReader} describes.
 */
public final class AdjRibIn {

    private final Family family;
    private final RibStripe[] stripes;

    /**
     * An empty table.
     *
     * @param stripes a power of two, 1 to 65536; several times the number of threads that change routes
     */
    public AdjRibIn(Family family, int stripes) {
        if (Integer.bitCount(stripes) != 1 || stripes < 1 || stripes > 1 << 16) {
            throw new IllegalArgumentException("stripes is " + stripes + ", must be a power of two up to 65536");
        }
        this.family = family;
        this.stripes = new RibStripe[stripes];
        for (int i = 0; i < stripes; i++) {
            this.stripes[i] = new RibStripe();
        }
    }

    public Family family() {
        return family;
    }

    /**
     * A path of a prefix, new or in place of the sender's last one with this identifier. An announcement by a session
     * older than the one whose path stands there is ignored.
     *
     * @param attributes interned: the same announcement again is recognised by the same object
     */
    public Change announce(RouteSource source, int pathId, long high, long low, int length,
            PathAttributes attributes, RibChanges changes) {
        long hash = PrefixHash.of(high, low, length);
        RibStripe stripe = stripe(hash);
        stripe.lock.lock();
        try {
            return stripe.announce(hash, source, pathId, high, low, length, attributes, changes);
        } finally {
            stripe.lock.unlock();
        }
    }

    /**
     * Takes back the sender's path with this identifier, of this or an earlier session.
     *
     * @return whether there was one of this session
     */
    public boolean withdraw(RouteSource source, int pathId, long high, long low, int length, RibChanges changes) {
        long hash = PrefixHash.of(high, low, length);
        RibStripe stripe = stripe(hash);
        stripe.lock.lock();
        try {
            return stripe.withdraw(hash, source, pathId, high, low, length, changes);
        } finally {
            stripe.lock.unlock();
        }
    }

    /** Prepares the removal of all paths of this and of earlier sessions of the peer. */
    public Purge purge(RouteSource source) {
        return new Purge(stripes, source);
    }

    /**
     * Prepares the begin of the long-lived stale time of all paths of this and of earlier sessions of the peer.
     *
     * @param interner where the attributes of all paths come from
     */
    public StaleMarking markStale(RouteSource source, AttributeInterner interner) {
        return new StaleMarking(stripes, source, interner);
    }

    /** Prepares a walk of all best paths, to fill a log that is new. */
    public BestWalk bestWalk() {
        return new BestWalk(stripes, false);
    }

    /** Prepares a walk of all paths, to fill a log of all paths that is new. It finds none unless paths are ranked. */
    public BestWalk rankedWalk() {
        return new BestWalk(stripes, true);
    }

    /**
     * Begins or ends to report all paths of every prefix of which any path changes, best first, in
     * {@link RibChanges#paths}. Costs a few objects for each change and each prefix, so it is for those who need it
     * only.
     */
    public void rankPaths(boolean wanted) {
        for (RibStripe stripe : stripes) {
            stripe.lock.lock();
            try {
                stripe.rankPaths(wanted);
            } finally {
                stripe.lock.unlock();
            }
        }
    }

    /** How many prefixes have a path: a sum that others change meanwhile. Waits for nobody. */
    public int prefixes() {
        int sum = 0;
        for (RibStripe stripe : stripes) {
            sum += stripe.prefixes();
        }
        return sum;
    }

    /** How many paths there are: a sum that others change meanwhile. Waits for nobody. */
    public long paths() {
        long sum = 0;
        for (RibStripe stripe : stripes) {
            sum += stripe.paths();
        }
        return sum;
    }

    /** Receives a prefix and its best path. */
    @FunctionalInterface
    public interface BestVisitor {
        void visit(long high, long low, int length, Path best);
    }

    /** Shows every prefix and its best path, one stripe after the other, under its lock: for tools and tests. */
    public void forEachBest(BestVisitor visitor) {
        for (RibStripe stripe : stripes) {
            stripe.lock.lock();
            try {
                for (int slot = 0; slot < stripe.slots(); slot++) {
                    RouteEntry entry = stripe.at(slot);
                    if (entry != null) {
                        visitor.visit(entry.high(), entry.low(), entry.length(), entry.copy());
                    }
                }
            } finally {
                stripe.lock.unlock();
            }
        }
    }

    /** The best path of a prefix, as it is at present, or {@code null} if it has none. */
    public @Nullable Path best(long high, long low, int length) {
        long hash = PrefixHash.of(high, low, length);
        RibStripe stripe = stripe(hash);
        stripe.lock.lock();
        try {
            RouteEntry entry = stripe.find(hash, high, low, length);
            return entry == null ? null : entry.copy();
        } finally {
            stripe.lock.unlock();
        }
    }

    /** All paths of a prefix, as they are at present, in no order; empty if it has none. */
    public List<Path> paths(long high, long low, int length) {
        long hash = PrefixHash.of(high, low, length);
        RibStripe stripe = stripe(hash);
        stripe.lock.lock();
        try {
            List<Path> paths = new ArrayList<>();
            for (Path path = stripe.find(hash, high, low, length); path != null; path = path.next) {
                paths.add(path.copy());
            }
            return paths;
        } finally {
            stripe.lock.unlock();
        }
    }

    /** A prefix with all its paths, as they are at present, or {@code null} if it has none. */
    public @Nullable PrefixPaths route(long high, long low, int length) {
        long hash = PrefixHash.of(high, low, length);
        RibStripe stripe = stripe(hash);
        stripe.lock.lock();
        try {
            RouteEntry entry = stripe.find(hash, high, low, length);
            return entry == null ? null : PrefixPaths.of(entry, (_, _) -> true);
        } finally {
            stripe.lock.unlock();
        }
    }

    /** Prepares a reading of the table from the begin. */
    public TableScan scan(TableScan.Wanted wanted) {
        return new TableScan(stripes, wanted);
    }

    /** Prepares a reading of what stands behind this prefix, whether it is there or not. */
    public TableScan scanAfter(long high, long low, int length, TableScan.Wanted wanted) {
        return new TableScan(stripes, wanted, high, low, length);
    }

    private RibStripe stripe(long hash) {
        return stripes[(int) hash & (stripes.length - 1)];
    }
}
