package io.tapetum.rib.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.nlri.Prefixes;

/**
 * Rewrites sealed segments with their live entries only, in their place in the log, and entries that say the same of
 * their prefixes together, so that they need few messages. Guarded by the lock of the log.
 */
final class Compactor {

    private final LogStore store;
    private final CursorSet cursors;
    private final PrefixReader reader = new PrefixReader();

    Compactor(LogStore store, CursorSet cursors) {
        this.store = store;
        this.cursors = cursors;
    }

    /** Replaces the segment, and small neighbours with it; returns how many segments that were. */
    int compact(LogSegment segment) {
        LogSegment from = segment;
        LogSegment to = segment;
        int replaced = 1;
        long octets = segment.liveOctets;
        for (LogSegment left = from.previous; left != null && joins(left, left.last, octets); left = left.previous) {
            from = left;
            octets += left.liveOctets;
            replaced++;
        }
        for (LogSegment right = to.next; right != null && joins(right, to.last, octets); right = right.next) {
            to = right;
            octets += right.liveOctets;
            replaced++;
        }
        LogSegment end = to.next;
        for (LogSegment old = from; old != null && old != end; old = old.next) {
            dropShadows(old);
        }
        for (LogSegment old = from; old != null && old != end; old = old.next) {
            dropTombstones(old);
        }
        Map<Group, Group> groups = new LinkedHashMap<>();
        for (LogSegment old = from; old != null && old != end; old = old.next) {
            collect(old, groups);
        }
        LogSegment replacement = groups.isEmpty() ? null : rewrite(from, to, (int) octets, groups);
        store.replace(from, to, replacement);
        return replaced;
    }

    /**
     * Whether a neighbour is rewritten as well: if it is small, or no larger than what is rewritten anyway. So the
     * number of segments stays in proportion to what they hold, and no entry is copied too often. Where a cursor has read
     * up to the boundary or is going to, the two stay apart: it would get the first half again with the second.
     */
    private boolean joins(LogSegment neighbour, long boundary, long octets) {
        return neighbour.isSealed() && neighbour.liveOctets <= Math.max(store.sizing.minSegmentOctets(), 2 * octets)
                && neighbour.liveOctets + octets <= store.sizing.maxSegmentOctets()
                && !cursors.needBoundary(boundary);
    }

    /** The dead entries of messages that live will not be read any more, but by who is inside the old segment now. */
    private void dropShadows(LogSegment old) {
        if (old.shadows == 0) {
            return;
        }
        MessageTable table = old.messages();
        for (int message = 0; message < old.count(); message++) {
            if (table.live[message] > 0) {
                PrefixReader prefixes = store.read(old, message, reader);
                while (prefixes.next()) {
                    int slot = store.index.find(prefixes.high(), prefixes.low(), prefixes.length());
                    if (!store.index.isAt(slot, old, message)) {
                        store.dropShadow(slot);
                    }
                }
            }
        }
        old.shadows = 0;
    }

    /** A tombstone has done its duty when every cursor has passed it and nothing before it can be read any more. */
    private void dropTombstones(LogSegment old) {
        if (old.tombstones == 0) {
            return;
        }
        int passed = Math.min(cursors.passedByAll(old), old.count());
        MessageTable table = old.messages();
        for (int message = 0; message < passed; message++) {
            if (table.live[message] > 0 && MessageKind.withdraws(table.kind[message])) {
                PrefixReader prefixes = store.read(old, message, reader);
                while (prefixes.next()) {
                    int slot = store.index.find(prefixes.high(), prefixes.low(), prefixes.length());
                    if (slot >= 0 && store.index.isAt(slot, old, message) && store.index.shadows(slot) == 0) {
                        store.forgetTombstone(slot);
                    }
                }
            }
        }
    }

    private void collect(LogSegment old, Map<Group, Group> groups) {
        MessageTable table = old.messages();
        for (int message = 0; message < old.count(); message++) {
            if (table.live[message] == 0) {
                continue;
            }
            byte kind = table.kind[message];
            int source = table.source[message];
            Announcement announcement = MessageKind.withdraws(kind)
                    ? Announcement.NONE
                    : store.layout.announcement(old.buffer, table.offset[message], table.offset[message + 1]);
            // The source passed the message, and got a withdrawal in its place: it holds nothing that came before.
            boolean cleaned = kind == MessageKind.ANNOUNCE_UNCLEAN && cursors.passedByPeer(source, old, message);
            Group group = null;
            Group cleanGroup = null;
            PrefixReader prefixes = store.read(old, message, reader);
            while (prefixes.next()) {
                int slot = store.index.find(prefixes.high(), prefixes.low(), prefixes.length());
                if (slot < 0 || !store.index.isAt(slot, old, message)) {
                    continue;
                }
                if (cleaned && store.index.shadows(slot) == 0) {
                    if (cleanGroup == null) {
                        cleanGroup = group(groups, MessageKind.ANNOUNCE, source, announcement);
                    }
                    cleanGroup.add(slot);
                } else {
                    if (group == null) {
                        group = group(groups, kind, source, announcement);
                    }
                    group.add(slot);
                }
            }
        }
    }

    private static Group group(Map<Group, Group> groups, byte kind, int source, Announcement announcement) {
        Group candidate = new Group(kind, source, announcement);
        Group known = groups.putIfAbsent(candidate, candidate);
        return known == null ? candidate : known;
    }

    private LogSegment rewrite(LogSegment from, LogSegment to, int octets, Map<Group, Group> groups) {
        ByteBuf buffer = store.newBuffer(octets);
        LogSegment segment = new LogSegment(from.first, to.last, false, from.base, buffer, store.held);
        List<Group> announcements = new ArrayList<>();
        // Withdrawals first: a reader frees before it stores.
        for (Group group : groups.keySet()) {
            if (MessageKind.withdraws(group.kind)) {
                write(group, segment);
            } else {
                announcements.add(group);
            }
        }
        for (Group group : announcements) {
            write(group, segment);
        }
        segment.seal();
        return segment;
    }

    private void write(Group group, LogSegment segment) {
        ByteBuf buffer = segment.buffer;
        int room = store.format.maxMessageLength() - store.layout.trailing(group.kind, group.announcement);
        int start = 0;
        int message = -1;
        for (int i = 0; i < group.size; i++) {
            int slot = group.slots[i];
            int length = store.index.length(slot);
            if (message >= 0 && buffer.writerIndex() + Prefixes.encodedSize(length, false) - start > room) {
                end(group, segment, start);
                message = -1;
            }
            if (message < 0) {
                message = segment.begin(group.kind, group.source);
                start = store.layout.start(buffer, group.kind, group.announcement);
            }
            Prefixes.write(buffer, store.index.high(slot), store.index.low(slot), length);
            segment.messages().live[message]++;
            if (MessageKind.withdraws(group.kind)) {
                segment.tombstones++;
            }
            store.index.set(slot, segment, message);
        }
        end(group, segment, start);
    }

    private void end(Group group, LogSegment segment, int start) {
        store.layout.finish(segment.buffer, start, group.kind, group.announcement);
        segment.end();
    }

    /** Live entries that can share a message: by the index slots of their prefixes. Equal if they can be one group. */
    private static final class Group {
        final byte kind;
        final int source;
        final Announcement announcement;
        int[] slots = new int[4];
        int size;

        Group(byte kind, int source, Announcement announcement) {
            this.kind = kind;
            this.source = source;
            this.announcement = announcement;
        }

        void add(int slot) {
            if (size == slots.length) {
                slots = Arrays.copyOf(slots, size * 2);
            }
            slots[size++] = slot;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Group that && kind == that.kind && source == that.source
                    && announcement.equals(that.announcement);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * announcement.hashCode() + source) + kind;
        }
    }
}
