package io.tapetum.rib.log;

import org.jspecify.annotations.Nullable;

import io.tapetum.rib.PrefixHash;
import io.tapetum.wire.Family;

/**
 * Where the live entry of each prefix stands: an open-addressing table of primitives with linear probing. Guarded by the
 * lock of the log. A slot number is good until the next insertion or removal.
 *
 * <p>In a table that grew, half to three quarters of the slots are taken: 37 to 56 octets for each IPv4 prefix. To grow
 * takes some 25 ns for each, under the lock.
 *
 * <p>In a log with path identifiers, wherever there is talk of a prefix, the two together are meant; a column of their
 * own, which no other log has, holds the identifiers.
 *
 * <p>What belongs to a slot stands together, because every access is a cache miss:
 *
 * <pre>
 *   high | low (not for IPv4) | version | message (32 bits), shadows (23), prefix length + 1 or 0 for a free slot (9)
 * </pre>
 */
final class LogIndex {

    private static final int MIN_CAPACITY = 64;

    private static final int LENGTH_MASK = (1 << 9) - 1;
    private static final int SHADOWS_SHIFT = 9;
    private static final int MAX_SHADOWS = (1 << 23) - 1;
    private static final long SHADOW = 1L << SHADOWS_SHIFT;
    private static final int MESSAGE_SHIFT = 32;

    private final boolean wide;
    /** Words of a slot, and which of them is which. */
    private final int words;
    private final int versionWord;
    private final int placeWord;

    private int size;
    private long[] slots;
    private @Nullable LogSegment[] segments;
    private int @Nullable [] pathIds;

    LogIndex(Family family, boolean withPathIds) {
        wide = family != Family.IPV4_UNICAST;
        words = wide ? 4 : 3;
        versionWord = words - 2;
        placeWord = words - 1;
        slots = new long[MIN_CAPACITY * words];
        segments = new @Nullable LogSegment[MIN_CAPACITY];
        pathIds = withPathIds ? new int[MIN_CAPACITY] : null;
    }

    int size() {
        return size;
    }

    /** The slot of the prefix; if it has none, the negative that {@link #insert} asks for. */
    int find(long high, long low, int length, int pathId) {
        long[] table = slots;
        int[] ids = pathIds;
        long key = length + 1L;
        int slot = home(high, low, length, pathId);
        while (true) {
            int at = slot * words;
            long place = table[at + placeWord];
            if (place == 0) {
                return ~slot;
            }
            if (table[at] == high && (place & LENGTH_MASK) == key && (!wide || table[at + 1] == low)
                    && (ids == null || ids[slot] == pathId)) {
                return slot;
            }
            slot = after(slot);
        }
    }

    /**
     * A new slot for a prefix that has none; its entry must be set at once.
     *
     * @param missing what {@link #find} has just returned for the prefix
     */
    int insert(int missing, long high, long low, int length, int pathId) {
        int slot = ~missing;
        if ((size + 1) * 4L > segments.length * 3L) {
            resize(segments.length + segments.length / 2);
            slot = ~find(high, low, length, pathId);
        }
        int at = slot * words;
        slots[at] = high;
        if (wide) {
            slots[at + 1] = low;
        }
        slots[at + placeWord] = length + 1L;
        if (pathIds != null) {
            pathIds[slot] = pathId;
        }
        size++;
        return slot;
    }

    void remove(int slot) {
        int hole = slot;
        for (int next = after(hole); !isFree(next); next = after(next)) {
            int home = home(high(next), low(next), length(next), pathId(next));
            if (distance(home, next) >= distance(hole, next)) {
                System.arraycopy(slots, next * words, slots, hole * words, words);
                segments[hole] = segments[next];
                if (pathIds != null) {
                    pathIds[hole] = pathIds[next];
                }
                hole = next;
            }
        }
        slots[hole * words + placeWord] = 0;
        segments[hole] = null;
        size--;
    }

    /** Gives room back after many removals. */
    void shrinkIfSparse() {
        int target = Math.max(MIN_CAPACITY, 2 * size);
        if (segments.length > 4 * target) {
            resize(target);
        }
    }

    void set(int slot, LogSegment segment, int message) {
        segments[slot] = segment;
        int at = slot * words + placeWord;
        slots[at] = (slots[at] & 0xFFFF_FFFFL) | (long) message << MESSAGE_SHIFT;
    }

    boolean isAt(int slot, LogSegment segment, int message) {
        return segments[slot] == segment && message(slot) == message;
    }

    LogSegment segment(int slot) {
        LogSegment segment = segments[slot];
        if (segment == null) {
            throw new IllegalStateException("slot " + slot + " is free");
        }
        return segment;
    }

    int message(int slot) {
        return (int) (place(slot) >>> MESSAGE_SHIFT);
    }

    long high(int slot) {
        return slots[slot * words];
    }

    long low(int slot) {
        return wide ? slots[slot * words + 1] : 0;
    }

    int length(int slot) {
        return (int) (place(slot) & LENGTH_MASK) - 1;
    }

    /** 0 in a log without path identifiers. */
    int pathId(int slot) {
        return pathIds == null ? 0 : pathIds[slot];
    }

    long version(int slot) {
        return slots[slot * words + versionWord];
    }

    void setVersion(int slot, long version) {
        slots[slot * words + versionWord] = version;
    }

    /** Shadows of the slot's prefix in the whole log. */
    int shadows(int slot) {
        return (int) place(slot) >>> SHADOWS_SHIFT;
    }

    void addShadow(int slot) {
        if (shadows(slot) == MAX_SHADOWS) {
            throw new IllegalStateException("a prefix with more than " + MAX_SHADOWS + " shadows");
        }
        slots[slot * words + placeWord] += SHADOW;
    }

    void removeShadow(int slot) {
        if (shadows(slot) == 0) {
            throw new IllegalStateException("a prefix with fewer than no shadows");
        }
        slots[slot * words + placeWord] -= SHADOW;
    }

    private long place(int slot) {
        return slots[slot * words + placeWord];
    }

    private boolean isFree(int slot) {
        return place(slot) == 0;
    }

    /** From the upper half of the hash: whatever the capacity, prefixes stand in the order of their hashes. */
    private int home(long high, long low, int length, int pathId) {
        return (int) ((PrefixHash.of(high, low ^ pathId, length) >>> 32) * segments.length >>> 32);
    }

    private int after(int slot) {
        return slot + 1 == segments.length ? 0 : slot + 1;
    }

    /** Steps from one slot forward to another. */
    private int distance(int from, int to) {
        return to >= from ? to - from : to - from + segments.length;
    }

    private void resize(int capacity) {
        long[] oldSlots = slots;
        @Nullable
        LogSegment[] oldSegments = segments;
        int[] oldPathIds = pathIds;
        slots = new long[capacity * words];
        segments = new @Nullable LogSegment[capacity];
        pathIds = oldPathIds == null ? null : new int[capacity];
        for (int i = 0; i < oldSegments.length; i++) {
            int from = i * words;
            if (oldSlots[from + placeWord] != 0) {
                int length = (int) (oldSlots[from + placeWord] & LENGTH_MASK) - 1;
                int pathId = oldPathIds == null ? 0 : oldPathIds[i];
                int slot = ~find(oldSlots[from], wide ? oldSlots[from + 1] : 0, length, pathId);
                System.arraycopy(oldSlots, from, slots, slot * words, words);
                segments[slot] = oldSegments[i];
                if (pathIds != null) {
                    pathIds[slot] = pathId;
                }
            }
        }
    }
}
