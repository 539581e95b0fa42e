package io.tapetum.rib.log;

import org.jspecify.annotations.Nullable;

import io.tapetum.rib.PrefixHash;
import io.tapetum.wire.Family;

/**
 * Where the live entry of each prefix stands: an open-addressing table of primitives with linear probing. Guarded by the
 * lock of the log. A slot number is good until the next insertion or removal.
 *
 * <p>What belongs to a slot stands together, because every access is a cache miss:
 *
 * <pre>
 *   high | low (not for IPv4) | version | message (32 bits), shadows (23), prefix length + 1 or 0 for a free slot (9)
 * </pre>
 */
final class LogIndex {

    private static final int MIN_BITS = 6;

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

    private int bits = MIN_BITS;
    private int size;
    private long[] slots;
    private @Nullable LogSegment[] segments;

    LogIndex(Family family) {
        wide = family != Family.IPV4_UNICAST;
        words = wide ? 4 : 3;
        versionWord = words - 2;
        placeWord = words - 1;
        slots = new long[words << bits];
        segments = new @Nullable LogSegment[1 << bits];
    }

    int size() {
        return size;
    }

    /** The slot of the prefix, or -1. */
    int find(long high, long low, int length) {
        int slot = probe(high, low, length);
        return isFree(slot) ? -1 : slot;
    }

    /** A new slot for a prefix that has none; its entry must be set at once. */
    int insert(long high, long low, int length) {
        if ((size + 1) * 3L > segments.length * 2L) {
            resize(bits + 1);
        }
        int slot = probe(high, low, length);
        slots[slot * words] = high;
        if (wide) {
            slots[slot * words + 1] = low;
        }
        slots[slot * words + placeWord] = length + 1L;
        size++;
        return slot;
    }

    void remove(int slot) {
        int mask = segments.length - 1;
        int hole = slot;
        for (int next = (hole + 1) & mask; !isFree(next); next = (next + 1) & mask) {
            int home = home(high(next), low(next), length(next));
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                System.arraycopy(slots, next * words, slots, hole * words, words);
                segments[hole] = segments[next];
                hole = next;
            }
        }
        slots[hole * words + placeWord] = 0;
        segments[hole] = null;
        size--;
    }

    /** Gives room back after many removals. */
    void shrinkIfSparse() {
        int target = bits;
        while (target > MIN_BITS && size * 8L < 1L << target) {
            target--;
        }
        if (target != bits) {
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

    private int home(long high, long low, int length) {
        return (int) (PrefixHash.of(high, low, length) >>> (64 - bits));
    }

    private int probe(long high, long low, int length) {
        int mask = segments.length - 1;
        int slot = home(high, low, length);
        while (!isFree(slot)
                && (high(slot) != high || length(slot) != length || (wide && slots[slot * words + 1] != low))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void resize(int newBits) {
        long[] oldSlots = slots;
        @Nullable
        LogSegment[] oldSegments = segments;
        bits = newBits;
        slots = new long[words << newBits];
        segments = new @Nullable LogSegment[1 << newBits];
        for (int i = 0; i < oldSegments.length; i++) {
            int from = i * words;
            if (oldSlots[from + placeWord] != 0) {
                int length = (int) (oldSlots[from + placeWord] & LENGTH_MASK) - 1;
                int slot = probe(oldSlots[from], wide ? oldSlots[from + 1] : 0, length);
                System.arraycopy(oldSlots, from, slots, slot * words, words);
                segments[slot] = oldSegments[i];
            }
        }
    }
}
