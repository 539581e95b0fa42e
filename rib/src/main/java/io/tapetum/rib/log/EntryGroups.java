package io.tapetum.rib.log;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Live entries by what their message says: those of one group can share a message. Groups, and the entries of each, keep
 * the order in which they came. Scratch space of compaction, which keeps its room for the next run: as much as the
 * largest segment needs. Guarded by the lock of the log.
 *
 * <p>What a message says is compared as octets: its frame, which is the message without NLRI and with the lengths that
 * depend on these zeroed.
 */
final class EntryGroups {

    private static final int NONE = -1;

    private final CRC32C checksum = new CRC32C();

    // Of each group.
    private byte[] kind = new byte[16];
    private int[] source = new int[16];
    private int[] hash = new int[16];
    /** Where the frame begins, where its octets behind the NLRI do, and, being the next one's begin, where it ends. */
    private int[] frame = new int[17];
    private int[] trailer = new int[16];
    private int[] firstEntry = new int[16];
    private int[] lastEntry = new int[16];
    private int groups;
    private byte[] frames = new byte[1024];

    // Of each entry.
    private int[] slot = new int[64];
    private int[] nextEntry = new int[64];
    private int entries;

    /** An open-addressing table of groups by hash: group + 1, or 0. */
    private int[] table = new int[32];

    void clear() {
        groups = 0;
        entries = 0;
        Arrays.fill(table, 0);
    }

    /**
     * The group of what a message says; a new one if nothing like it came before.
     *
     * @param message its octets from 0 to {@code end}, the lengths zeroed
     * @param nlri where its NLRI begin
     * @param nlriEnd where they end
     */
    int group(byte messageKind, int messageSource, byte[] message, int nlri, int nlriEnd, int end) {
        checksum.reset();
        checksum.update(message, 0, nlri);
        checksum.update(message, nlriEnd, end - nlriEnd);
        int messageHash = ((int) checksum.getValue() ^ (messageSource << 2 | messageKind)) * 0x9E3779B1;
        int mask = table.length - 1;
        int at = messageHash >>> 7 & mask;
        for (; table[at] != 0; at = (at + 1) & mask) {
            int group = table[at] - 1;
            if (hash[group] == messageHash && kind[group] == messageKind && source[group] == messageSource
                    && frameEquals(group, message, nlri, nlriEnd, end)) {
                return group;
            }
        }
        if (groups == kind.length) {
            growGroups();
        }
        int group = groups++;
        table[at] = group + 1;
        kind[group] = messageKind;
        source[group] = messageSource;
        hash[group] = messageHash;
        firstEntry[group] = NONE;
        lastEntry[group] = NONE;
        keepFrame(group, message, nlri, nlriEnd, end);
        if (groups * 2 > table.length) {
            growTable();
        }
        return group;
    }

    private boolean frameEquals(int group, byte[] message, int nlri, int nlriEnd, int end) {
        return Arrays.equals(frames, frame[group], trailer[group], message, 0, nlri)
                && Arrays.equals(frames, trailer[group], frame[group + 1], message, nlriEnd, end);
    }

    private void keepFrame(int group, byte[] message, int nlri, int nlriEnd, int end) {
        int from = frame[group];
        int to = from + nlri + end - nlriEnd;
        if (to > frames.length) {
            frames = Arrays.copyOf(frames, Math.max(to, frames.length * 2));
        }
        System.arraycopy(message, 0, frames, from, nlri);
        System.arraycopy(message, nlriEnd, frames, from + nlri, end - nlriEnd);
        trailer[group] = from + nlri;
        frame[group + 1] = to;
    }

    void add(int group, int entrySlot) {
        if (entries == slot.length) {
            slot = Arrays.copyOf(slot, entries * 2);
            nextEntry = Arrays.copyOf(nextEntry, entries * 2);
        }
        int entry = entries++;
        slot[entry] = entrySlot;
        nextEntry[entry] = NONE;
        if (lastEntry[group] == NONE) {
            firstEntry[group] = entry;
        } else {
            nextEntry[lastEntry[group]] = entry;
        }
        lastEntry[group] = entry;
    }

    /** Groups are numbered from 0. */
    int size() {
        return groups;
    }

    byte kind(int group) {
        return kind[group];
    }

    int source(int group) {
        return source[group];
    }

    /** The frames of all groups. */
    byte[] frames() {
        return frames;
    }

    /** Where the group's frame begins in {@link #frames}. */
    int frame(int group) {
        return frame[group];
    }

    /** Where the part of the frame begins that stands behind the NLRI. */
    int trailer(int group) {
        return trailer[group];
    }

    int frameEnd(int group) {
        return frame[group + 1];
    }

    /** The first entry of a group; negative if there is none. */
    int first(int group) {
        return firstEntry[group];
    }

    /** The entry of the same group behind this one; negative if there is none. */
    int next(int entry) {
        return nextEntry[entry];
    }

    /** The index slot of an entry's prefix. */
    int slot(int entry) {
        return slot[entry];
    }

    private void growGroups() {
        int capacity = groups * 2;
        kind = Arrays.copyOf(kind, capacity);
        source = Arrays.copyOf(source, capacity);
        hash = Arrays.copyOf(hash, capacity);
        frame = Arrays.copyOf(frame, capacity + 1);
        trailer = Arrays.copyOf(trailer, capacity);
        firstEntry = Arrays.copyOf(firstEntry, capacity);
        lastEntry = Arrays.copyOf(lastEntry, capacity);
    }

    private void growTable() {
        table = new int[table.length * 2];
        int mask = table.length - 1;
        for (int group = 0; group < groups; group++) {
            int at = hash[group] >>> 7 & mask;
            while (table[at] != 0) {
                at = (at + 1) & mask;
            }
            table[at] = group + 1;
        }
    }
}
