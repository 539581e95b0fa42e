package io.tapetum.rib;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.PathAttributes;

/**
 * A share of the prefixes of a family, under one lock: an open-addressing table with linear probing, from prefix to
 * entry. Every method is called with {@link #lock} held, but for those that only count.
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

    // Read without the lock, too, by operators, whom no route should have to wait for. Plain, because every change writes them:
    // who lets the lock go shows what it wrote, and on a machine of 64 bits no long is ever half written.
    private int prefixes;
    private long paths;

    private long lastVersion;
    /** All paths of those entries that somebody asked for or that have changed; {@code null} while nobody wants that. */
    private @Nullable IdentityHashMap<RouteEntry, RankedPaths> ranked;

    /** Callable without the lock. */
    int prefixes() {
        return prefixes;
    }

    /** Callable without the lock. */
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
        int tag = tag(hash);
        int slot = slotOf(tag, high, low, length);
        RouteEntry entry = entries[slot];
        if (entry == null) {
            entry = RouteEntry.of(high, low, length, source, pathId, attributes);
            add(slot, tag, entry);
            paths++;
            changed(entry, changes);
            if (ranked != null) {
                rank(entry, ranked, changes);
            }
            return Change.ADDED;
        }
        Path path = entry.find(source, pathId);
        if (path == null) {
            entry.next = new Path(source, pathId, attributes, entry.next);
            paths++;
            decide(entry, false, changes);
            return Change.ADDED;
        }
        RouteSource before = path.source();
        boolean sameAttributes = path.attributes() == attributes;
        if (source.session() - before.session() < 0 || (before == source && sameAttributes)) {
            return Change.UNCHANGED;
        }
        path.update(source, attributes);
        if (!sameAttributes || !before.looksLike(source)) {
            decide(entry, path == entry, changes);
        }
        // Else the new session says what the old one said: only whose path it is has changed, and no neighbour sees that.
        return before == source ? Change.REPLACED : Change.ADDED;
    }

    @SuppressWarnings("ReferenceEquality") // sessions are told apart by identity
    boolean withdraw(long hash, RouteSource source, int pathId, long high, long low, int length, RibChanges changes) {
        int slot = slotOf(tag(hash), high, low, length);
        RouteEntry entry = entries[slot];
        Path path = entry == null ? null : entry.find(source, pathId);
        if (entry == null || path == null || source.session() - path.source().session() < 0) {
            return false;
        }
        boolean own = path.source() == source;
        if (remove(slot, entry, path, changes)) {
            shrinkIfSparse();
        }
        return own;
    }

    /** Gives a path other attributes, as if its session had announced them. */
    void replace(RouteEntry entry, Path path, PathAttributes attributes, RibChanges changes) {
        path.update(path.source(), attributes);
        decide(entry, path == entry, changes);
    }

    /** Takes a path out; returns whether the entry left its slot with it, and then another may stand there. */
    boolean remove(int slot, RouteEntry entry, Path path, RibChanges changes) {
        paths--;
        if (entry.next == null) {
            removeSlot(slot);
            entry.setVersion(++lastVersion);
            changes.addWithdrawal(entry);
            if (ranked != null) {
                supersede(ranked.remove(entry));
                changes.paths().add(entry, RankedPaths.none(++lastVersion));
            }
            return true;
        }
        entry.unlink(path);
        decide(entry, path == entry, changes);
        return false;
    }

    /** Lets the best path be the entry's own; a change if that is another one now, or was touched. */
    private void decide(RouteEntry entry, boolean touched, RibChanges changes) {
        Path best = BestPath.best(entry);
        if (best != entry) {
            entry.swap(best);
            changed(entry, changes);
        } else if (touched) {
            changed(entry, changes);
        }
        if (ranked != null) {
            rank(entry, ranked, changes);
        }
    }

    private void changed(RouteEntry entry, RibChanges changes) {
        entry.setVersion(++lastVersion);
        changes.add(entry);
    }

    // ---- all paths

    /** Begins or ends to rank the paths of what changes. */
    void rankPaths(boolean wanted) {
        if (!wanted && ranked != null) {
            ranked.values().forEach(RankedPaths::supersede);
            ranked = null;
        } else if (wanted && ranked == null) {
            ranked = new IdentityHashMap<>();
        }
    }

    /** Lists the paths of an entry as they are, ranked; while paths are ranked. */
    void list(RouteEntry entry, RibChanges changes) {
        if (ranked == null) {
            return;
        }
        RankedPaths known = ranked.get(entry);
        if (known == null) {
            rank(entry, ranked, changes);
        } else {
            changes.paths().add(entry, known);
        }
    }

    private void rank(RouteEntry entry, Map<RouteEntry, RankedPaths> known, RibChanges changes) {
        RankedPaths before = known.get(entry);
        RankedPaths paths = RankedPaths.of(entry, before, ++lastVersion);
        known.put(entry, paths);
        supersede(before);
        changes.paths().add(entry, paths);
    }

    private static void supersede(@Nullable RankedPaths paths) {
        if (paths != null) {
            paths.supersede();
        }
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

    /** Puts an entry into the free slot that was found for it. */
    private void add(int slot, int tag, RouteEntry entry) {
        int free = slot;
        if ((prefixes + 1) * 3L > entries.length * 2L) {
            resize(bits + 1);
            free = freeSlot(tag);
        }
        entries[free] = entry;
        tags[free] = tag;
        prefixes++;
    }

    private int freeSlot(int tag) {
        int mask = entries.length - 1;
        int slot = home(tag);
        while (entries[slot] != null) {
            slot = (slot + 1) & mask;
        }
        return slot;
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
        for (int i = 0; i < oldEntries.length; i++) {
            if (oldEntries[i] != null) {
                int slot = freeSlot(oldTags[i]);
                entries[slot] = oldEntries[i];
                tags[slot] = oldTags[i];
            }
        }
    }
}
