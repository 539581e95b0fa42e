package io.tapetum.rib;

import java.util.Comparator;
import java.util.List;

/**
 * Reads a table in steps, so that nobody waits long for the lock of a stripe, and can be continued later by nothing but
 * the last prefix that was read. A prefix that is there from the first step to the last is read exactly once, whatever
 * becomes of the table meanwhile. For one thread at a time; changes nothing.
 */
/*
 * The principle is that of StripeWalk: a step ends at an empty slot, and its place is remembered as a hash, which holds at
 * any capacity. Here the order is made exact: what a step has found is sorted by the whole hash, and among equal hashes by
 * the prefix. So everything found is in one order, stripe by stripe, and "behind this prefix" means the same to every
 * reading of every table, though the prefix itself may be gone.
 *
 * An entry that linear probing has carried around the end of the table stands at its begin, and belongs to its end: it is
 * passed over where a step meets it first, and read behind the last slot.
 */
public final class TableScan {

    /** What a step looks at, and copies, at most before it ends at the next empty slot: some 50 µs under the lock. */
    private static final int MAX_SLOTS = 2048;
    private static final int MAX_PATHS = 512;

    private static final Comparator<PrefixPaths> ORDER = Comparator.comparing(TableScan::hash, Long::compareUnsigned)
            .thenComparingLong(PrefixPaths::high).thenComparingLong(PrefixPaths::low)
            .thenComparingInt(PrefixPaths::length);

    private final RibStripe[] stripes;
    private final Wanted wanted;
    private int stripe;
    /** Entries whose tag is below have been read, or are not wanted; as an unsigned 32-bit number. */
    private long position;

    // What has been read before stands up to here, in the stripe with this number; in no stripe if that is negative.
    private final int resumed;
    private final long afterHash;
    private final long afterHigh;
    private final long afterLow;
    private final int afterLength;

    /** What somebody wants to see. Called under the lock of a stripe: quick, and without locks of its own. */
    public interface Wanted {

        /** Whether anything of this prefix is. */
        boolean prefix(long high, long low, int length);

        /** Whether a path from this source is. A prefix with such a path is read: its best path, and all such paths. */
        boolean path(RouteSource source, boolean best);
    }

    TableScan(RibStripe[] stripes, Wanted wanted) {
        this.stripes = stripes;
        this.wanted = wanted;
        this.resumed = -1;
        this.afterHash = 0;
        this.afterHigh = 0;
        this.afterLow = 0;
        this.afterLength = 0;
    }

    TableScan(RibStripe[] stripes, Wanted wanted, long high, long low, int length) {
        this.stripes = stripes;
        this.wanted = wanted;
        this.afterHash = PrefixHash.of(high, low, length);
        this.afterHigh = high;
        this.afterLow = low;
        this.afterLength = length;
        this.resumed = (int) afterHash & (stripes.length - 1);
        this.stripe = resumed;
        this.position = afterHash >>> 32;
    }

    /**
     * Goes on a little.
     *
     * @param found receives what was found, in order
     * @return whether the reading is finished
     */
    public boolean step(List<PrefixPaths> found) {
        if (stripe == stripes.length) {
            return true;
        }
        int before = found.size();
        RibStripe current = stripes[stripe];
        current.lock.lock();
        try {
            int shift = 32 - current.capacityBits();
            int mask = current.slots() - 1;
            int slot = (int) (position >>> shift);
            int lastSlot = slot + MAX_SLOTS;
            int paths = 0;
            while (true) {
                RouteEntry entry = current.at(slot & mask);
                if (entry == null) {
                    if (slot > mask || slot >= lastSlot || paths >= MAX_PATHS) {
                        break;
                    }
                } else if (isNext(entry, slot, mask, shift) && isWanted(entry)) {
                    PrefixPaths copy = PrefixPaths.of(entry, wanted::path);
                    paths += copy.paths().size();
                    found.add(copy);
                }
                slot++;
            }
            if (slot > mask) {
                stripe++;
                position = 0;
            } else {
                position = (long) slot << shift;
            }
        } finally {
            current.lock.unlock();
        }
        found.subList(before, found.size()).sort(ORDER);
        return stripe == stripes.length;
    }

    /** Whether the entry belongs to the part of the table that is read now, and has not been read before. */
    private boolean isNext(RouteEntry entry, int slot, int mask, int shift) {
        long hash = PrefixHash.of(entry.high(), entry.low(), entry.length());
        long tag = hash >>> 32;
        boolean carriedAround = tag >>> shift > (slot & mask);
        return tag >= position && carriedAround == slot > mask && (stripe != resumed || isBehind(hash, entry));
    }

    private boolean isBehind(long hash, RouteEntry entry) {
        int order = Long.compareUnsigned(hash, afterHash);
        order = order != 0 ? order : Long.compare(entry.high(), afterHigh);
        order = order != 0 ? order : Long.compare(entry.low(), afterLow);
        return (order != 0 ? order : Integer.compare(entry.length(), afterLength)) > 0;
    }

    private boolean isWanted(RouteEntry entry) {
        if (!wanted.prefix(entry.high(), entry.low(), entry.length())) {
            return false;
        }
        if (wanted.path(entry.source(), true)) {
            return true;
        }
        for (Path path = entry.next; path != null; path = path.next) {
            if (wanted.path(path.source(), false)) {
                return true;
            }
        }
        return false;
    }

    private static long hash(PrefixPaths route) {
        return PrefixHash.of(route.high(), route.low(), route.length());
    }
}
