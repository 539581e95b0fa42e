package io.tapetum.rib;

/**
 * A visit of all entries of an {@link AdjRibIn} in steps, so that nobody waits long for the lock of a stripe. An entry
 * that is there from the first step to the last is visited at least once; twice is possible, and harmless. For one
 * thread at a time.
 */
/*
 * Between two steps the table may grow, shrink and lose entries, which moves others. What does not change is their order
 * by hash. A step therefore ends only at an empty slot: every entry whose hash belongs before that slot has been seen,
 * because linear probing never carries an entry across an empty slot. The place is remembered as the hash where the
 * slot's range begins, and holds at any capacity. The probe chain that wraps around the end of the table is finished at
 * its begin, where it is met a second time.
 */
public abstract sealed class StripeWalk permits Purge, StaleMarking, BestWalk {

    private static final int SLOTS_PER_ENTRY = 8;

    private final RibStripe[] stripes;
    private int stripe;
    /** Entries whose tag is below have been visited; as an unsigned 32-bit number. */
    private long position;

    StripeWalk(RibStripe[] stripes) {
        this.stripes = stripes;
    }

    /**
     * Goes on for about this many entries.
     *
     * @param maxEntries at least 1; a little more are visited where hashes collide
     * @param changes receives what the visit changed
     * @return whether the walk is finished
     */
    public final boolean step(int maxEntries, RibChanges changes) {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries is " + maxEntries + ", must be at least 1");
        }
        int budget = (int) Math.min((long) maxEntries * SLOTS_PER_ENTRY, Integer.MAX_VALUE);
        int visited = 0;
        while (stripe < stripes.length && budget > 0 && visited < maxEntries) {
            RibStripe current = stripes[stripe];
            current.lock.lock();
            try {
                int shift = 32 - current.capacityBits();
                int mask = current.slots() - 1;
                int from = (int) (position >>> shift);
                int slot = from;
                while (true) {
                    RouteEntry entry = current.at(slot & mask);
                    if (entry == null) {
                        if (slot > mask || budget <= 0 || visited >= maxEntries) {
                            break;
                        }
                        slot++;
                        budget--;
                    } else {
                        visited++;
                        // A removal moves the next entry into this slot: look at it again.
                        if (!visit(current, slot & mask, entry, changes)) {
                            slot++;
                            budget--;
                        }
                    }
                }
                if (slot > mask) {
                    stripe++;
                    position = 0;
                    current.shrinkIfSparse();
                } else {
                    position = (long) slot << shift;
                }
            } finally {
                current.lock.unlock();
            }
        }
        return stripe == stripes.length;
    }

    /** Called under the stripe's lock; returns whether the entry has left its slot. */
    abstract boolean visit(RibStripe current, int slot, RouteEntry entry, RibChanges changes);

    /** Whether a path came from this session or an earlier one of the same peer. */
    static boolean isUpTo(RouteSource session, Path path) {
        RouteSource source = path.source();
        return source.peerId() == session.peerId() && source.session() - session.session() <= 0;
    }
}
