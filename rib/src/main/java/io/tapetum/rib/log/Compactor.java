package io.tapetum.rib.log;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.nlri.PrefixReader;

/**
 * Rewrites sealed segments with their live entries only, in their place in the log, and entries that say the same of
 * their prefixes together, so that they need few messages. Allocates only segments. Guarded by the lock of the log.
 */
final class Compactor {

    private final LogStore store;
    private final CursorSet cursors;
    private final PrefixReader reader = new PrefixReader();
    private final EntryGroups groups = new EntryGroups();
    /** The message being read, in an array: octet by octet, a direct buffer is slow. */
    private final ByteBuf copy = Unpooled.buffer(256);

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
        groups.clear();
        for (LogSegment old = from; old != null && old != end; old = old.next) {
            collect(old);
        }
        LogSegment replacement = groups.size() == 0 ? null : rewrite(from, to, (int) octets);
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
                    int slot = store.find(prefixes);
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
                    int slot = store.find(prefixes);
                    if (slot >= 0 && store.index.isAt(slot, old, message) && store.index.shadows(slot) == 0) {
                        store.forgetTombstone(slot);
                    }
                }
            }
        }
    }

    private void collect(LogSegment old) {
        MessageTable table = old.messages();
        for (int message = 0; message < old.count(); message++) {
            if (table.live[message] > 0) {
                collect(old, message, table);
            }
        }
    }

    private void collect(LogSegment old, int message, MessageTable table) {
        byte kind = table.kind[message];
        int source = table.source[message];
        copy(old.buffer, table.offset[message], table.offset[message + 1]);
        int end = copy.writerIndex();
        int nlri = store.layout.nlri(copy, 0, kind);
        int nlriEnd = store.layout.nlriEnd(copy, 0, end, kind);
        store.layout.zeroLengths(copy, 0, kind);
        // The source passed the message, and got a withdrawal in its place: it holds nothing that came before.
        boolean cleaned = kind == MessageKind.ANNOUNCE_UNCLEAN && cursors.passedByPeer(source, old, message);
        int group = -1;
        int cleanGroup = -1;
        reader.reset(copy.array(), nlri, nlriEnd - nlri, store.format.pathIds());
        while (reader.next()) {
            int slot = store.find(reader);
            if (slot < 0 || !store.index.isAt(slot, old, message)) {
                continue;
            }
            if (cleaned && store.index.shadows(slot) == 0) {
                if (cleanGroup < 0) {
                    cleanGroup = groups.group(MessageKind.ANNOUNCE, source, copy.array(), nlri, nlriEnd, end);
                }
                groups.add(cleanGroup, slot);
            } else {
                if (group < 0) {
                    group = groups.group(kind, source, copy.array(), nlri, nlriEnd, end);
                }
                groups.add(group, slot);
            }
        }
    }

    private void copy(ByteBuf buffer, int start, int end) {
        copy.clear().ensureWritable(end - start);
        buffer.getBytes(start, copy.array(), 0, end - start);
        copy.writerIndex(end - start);
    }

    private LogSegment rewrite(LogSegment from, LogSegment to, int octets) {
        LogSegment segment = store.newReplacement(from, to, octets, groups.size());
        // Withdrawals first: a reader frees before it stores.
        for (int group = 0; group < groups.size(); group++) {
            if (MessageKind.withdraws(groups.kind(group))) {
                write(group, segment);
            }
        }
        for (int group = 0; group < groups.size(); group++) {
            if (!MessageKind.withdraws(groups.kind(group))) {
                write(group, segment);
            }
        }
        segment.seal();
        return segment;
    }

    private void write(int group, LogSegment segment) {
        ByteBuf buffer = segment.buffer;
        byte kind = groups.kind(group);
        int trailing = groups.frameEnd(group) - groups.trailer(group);
        int room = store.format.maxMessageLength() - trailing;
        int start = 0;
        int message = -1;
        for (int entry = groups.first(group); entry >= 0; entry = groups.next(entry)) {
            int slot = groups.slot(entry);
            int length = store.index.length(slot);
            if (message >= 0 && buffer.writerIndex() + store.octets(length) - start > room) {
                end(group, segment, start);
                message = -1;
            }
            if (message < 0) {
                message = segment.begin(kind, groups.source(group));
                start = buffer.writerIndex();
                buffer.writeBytes(groups.frames(), groups.frame(group), groups.trailer(group) - groups.frame(group));
            }
            store.write(buffer, store.index.high(slot), store.index.low(slot), length, store.index.pathId(slot));
            segment.messages().live[message]++;
            if (MessageKind.withdraws(kind)) {
                segment.tombstones++;
            }
            store.index.set(slot, segment, message);
        }
        end(group, segment, start);
    }

    private void end(int group, LogSegment segment, int start) {
        int nlriEnd = segment.buffer.writerIndex();
        int trailer = groups.trailer(group);
        segment.buffer.writeBytes(groups.frames(), trailer, groups.frameEnd(group) - trailer);
        store.layout.setLengths(segment.buffer, start, nlriEnd, groups.kind(group));
        segment.end();
    }
}
