package io.tapetum.rib;

import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.PathAttributes;

/**
 * A share of the prefixes of a family, under one lock: an open-addressing table with linear probing, from prefix to
 * entry. Every method is called with {@link #lock} held.
 *
 * <p>Slots follow the upper bits of the hash, so entries stand in hash order but for collisions, at every capacity. That
 * lets a walk be interrupted and resumed at a hash, whatever happened to the table in between.
 */
final class RibStripe {

    private static final int MIN_BITS = 4;

    final ReentrantLock lock = new ReentrantLock();

    private int bits = MIN_BITS;
    private @Nullable RouteEntry[] entries = new @Nullable RouteEntry[1 << MIN_BITS];
    /** The upper half of each entry's hash: spares most probes a look at another prefix's entry. */
    private int[] tags = new int[1 << MIN_BITS];
    private int prefixes;
    private long paths;
    private long lastVersion;

    int prefixes() {
        return prefixes;
    }

    long paths() {
        return paths;
    }

    @Nullable
    RouteEntry find(long hash, long high, long low, int length) {
        return entries[slotOf(tag(hash), high, low, length)];
    }

    @SuppressWarnings("ReferenceEquality") // sessions and interned attributes are told apart by identity
    Change announce(long hash, RouteSource source, int pathId, long high, long low, int length,
            PathAttributes attributes, RibChanges changes) {
        RouteEntry entry = findOrAdd(hash, high, low, length);
        Path old = entry.find(source, pathId);
        if (old == null) {
            entry.first = new Path(source, pathId, attributes, entry.first);
            paths++;
            decide(entry, changes);
            return Change.ADDED;
        }
        if (source.session() - old.source().session() < 0) {
            return Change.UNCHANGED;
        }
        if (old.source() == source && old.attributes() == attributes) {
            return Change.UNCHANGED;
        }
        boolean same = old.attributes() == attributes && looksTheSame(old.source(), source);
        Path path = new Path(source, pathId, attributes, null);
        entry.replace(old, path);
        if (same) {
            // The new session says what the old one said: only whose path it is has changed, and no neighbour sees that.
            if (entry.best == old) {
                entry.best = path;
            }
        } else {
            decide(entry, changes);
        }
        if (old.source() != source) {
            return Change.ADDED;
        }
        return same ? Change.UNCHANGED : Change.REPLACED;
    }

    /** Whether neither the decision nor what is reflected depends on which of the two sessions a path is from. */
    private static boolean looksTheSame(RouteSource one, RouteSource other) {
        return one.kind() == other.kind() && one.bgpIdentifier() == other.bgpIdentifier()
                && one.addressHigh() == other.addressHigh() && one.addressLow() == other.addressLow()
                && one.clusterId() == other.clusterId() && one.nextHopSelf() == other.nextHopSelf();
    }

    @SuppressWarnings("ReferenceEquality") // sessions are told apart by identity
    boolean withdraw(long hash, RouteSource source, int pathId, long high, long low, int length, RibChanges changes) {
        int slot = slotOf(tag(hash), high, low, length);
        RouteEntry entry = entries[slot];
        Path path = entry == null ? null : entry.find(source, pathId);
        if (entry == null || path == null || source.session() - path.source().session() < 0) {
            return false;
        }
        remove(slot, entry, path, changes);
        shrinkIfSparse();
        return path.source() == source;
    }

    /** Takes a path out; the entry leaves its slot if that was the last, and then another may stand there. */
    void remove(int slot, RouteEntry entry, Path path, RibChanges changes) {
        entry.replace(path, null);
        paths--;
        decide(entry, changes);
        if (entry.first == null) {
            removeSlot(slot);
        }
    }

    private void decide(RouteEntry entry, RibChanges changes) {
        Path best = BestPath.best(entry.first);
        if (best == entry.best) {
            return;
        }
        entry.best = best;
        entry.version = ++lastVersion;
        changes.add(entry);
    }

    // ---- the table

    int capacityBits() {
        return bits;
    }

    int slots() {
        return entries.length;
    }

    @Nullable
    RouteEntry at(int slot) {
        return entries[slot];
    }

    private static int tag(long hash) {
        return (int) (hash >>> 32);
    }

    private int home(int tag) {
        return tag >>> (32 - bits);
    }

    /** The slot of the prefix, or the free one where it would go. */
    private int slotOf(int tag, long high, long low, int length) {
        int mask = entries.length - 1;
        int slot = home(tag);
        while (true) {
            RouteEntry entry = entries[slot];
            if (entry == null || (tags[slot] == tag && entry.is(high, low, length))) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }

    private RouteEntry findOrAdd(long hash, long high, long low, int length) {
        int tag = tag(hash);
        int slot = slotOf(tag, high, low, length);
        RouteEntry entry = entries[slot];
        if (entry != null) {
            return entry;
        }
        if ((prefixes + 1) * 3L > entries.length * 2L) {
            resize(bits + 1);
            slot = slotOf(tag, high, low, length);
        }
        entry = new RouteEntry(high, low, length);
        entries[slot] = entry;
        tags[slot] = tag;
        prefixes++;
        return entry;
    }

    private void removeSlot(int slot) {
        int mask = entries.length - 1;
        int hole = slot;
        // Entries behind the hole move up unless that would put them before their home.
        for (int next = (hole + 1) & mask; entries[next] != null; next = (next + 1) & mask) {
            int home = home(tags[next]);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                entries[hole] = entries[next];
                tags[hole] = tags[next];
                hole = next;
            }
        }
        entries[hole] = null;
        prefixes--;
    }

    /** Gives room back after many removals; not part of a removal, which walks do in the middle of a table. */
    void shrinkIfSparse() {
        int target = bits;
        while (target > MIN_BITS && prefixes * 8L < 1L << target) {
            target--;
        }
        if (target != bits) {
            resize(target);
        }
    }

    private void resize(int newBits) {
        @Nullable
        RouteEntry[] oldEntries = entries;
        int[] oldTags = tags;
        bits = newBits;
        entries = new @Nullable RouteEntry[1 << newBits];
        tags = new int[1 << newBits];
        int mask = entries.length - 1;
        for (int i = 0; i < oldEntries.length; i++) {
            if (oldEntries[i] != null) {
                int slot = home(oldTags[i]);
                while (entries[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                entries[slot] = oldEntries[i];
                tags[slot] = oldTags[i];
            }
        }
    }
}
