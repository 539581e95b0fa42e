package io.tapetum.rib.log;

import java.util.ArrayDeque;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.nlri.Prefixes;

/**
 * The segments of a log and the index of its live entries: appends, and keeps account of what dies by that. Guarded by
 * the lock of the log. Appending allocates only segments.
 */
final class LogStore {

    final LogFormat format;
    final LogSizing sizing;
    final ByteBufAllocator allocator;
    final MessageLayout layout;
    final LogIndex index;
    /** Sealed segments that fell below half; some may have been replaced since. */
    final ArrayDeque<LogSegment> halfDead = new ArrayDeque<>();

    /** Of the messages being appended; a withdrawal has nothing of it. */
    final Announcement announcement = new Announcement();
    final SegmentMemory memory;

    private final PrefixReader reader = new PrefixReader();

    private LogSegment head;
    private LogSegment tail;
    private long lastNumber;

    /** Slots whose prefix has shadows, and whose live entry may make a reader send a withdrawal. */
    private int shadowedWithdrawals;
    private int tombstones;
    /** Of all segments. */
    private long liveOctets;
    private long died;
    private long messages;
    /** Octets appended since the log exists. */
    private long appended;

    // The message being written.
    private boolean open;
    private byte openKind;
    private int openStart;
    private int openNumber;
    private int openLimit;

    LogStore(LogFormat format, LogSizing sizing, ByteBufAllocator allocator) {
        this.format = format;
        this.sizing = sizing;
        this.allocator = allocator;
        this.memory = new SegmentMemory(allocator);
        this.layout = new MessageLayout(format);
        this.index = new LogIndex(format.family(), format.pathIds());
        this.head = newTail(sizing.minSegmentOctets(), 0);
        this.tail = head;
    }

    LogSegment head() {
        return head;
    }

    LogSegment tail() {
        return tail;
    }

    int tombstones() {
        return tombstones;
    }

    int announced() {
        return index.size() - tombstones;
    }

    /** Octets of messages that have not died, less their dead entries. */
    long liveOctets() {
        return liveOctets;
    }

    /** Octets of messages that have died since the log exists. */
    long died() {
        return died;
    }

    long messages() {
        return messages;
    }

    long appended() {
        return appended;
    }

    /** Whether a reader that starts with nothing needs no withdrawal that stands in the log by now. */
    boolean nobodyNeedsOldWithdrawals() {
        return shadowedWithdrawals == 0;
    }

    byte kind(int slot) {
        return index.segment(slot).messages().kind[index.message(slot)];
    }

    int source(int slot) {
        return index.segment(slot).messages().source[index.message(slot)];
    }

    // ---- appending

    /**
     * Appends an entry for a prefix, in the open message if that has room; supersedes the one in {@code slot}. The caller
     * keeps to one kind, one source and one {@link #announcement} until it calls {@link #endMessage}.
     *
     * @param slot of the prefix, as the index has just found it
     * @param remaining how many entries are likely to follow in the same message, this one included
     */
    void append(int slot, long high, long low, int length, int pathId, long version, byte kind, int source,
            int remaining) {
        int octets = octets(length);
        if (open && tail.buffer.writerIndex() + octets > openLimit) {
            endMessage();
        }
        if (!open) {
            beginMessage(kind, source, octets, remaining);
        }
        write(tail.buffer, high, low, length, pathId);
        tail.messages().live[openNumber]++;
        if (MessageKind.withdraws(kind)) {
            tail.tombstones++;
            tombstones++;
        }
        int at = slot;
        if (at < 0) {
            at = index.insert(slot, high, low, length, pathId);
        } else {
            countShadowed(at, -1);
            kill(at);
        }
        index.set(at, tail, openNumber);
        index.setVersion(at, version);
        countShadowed(at, 1);
    }

    /** Whether the live entry of the slot stands in the message being written. */
    boolean isInOpenMessage(int slot) {
        return open && index.isAt(slot, tail, openNumber);
    }

    /** Octets of a message of this kind around its NLRI. */
    int overhead(byte kind) {
        return layout.overhead(kind, announcement);
    }

    private void beginMessage(byte kind, int source, int octets, int remaining) {
        int overhead = overhead(kind);
        int trailing = layout.trailing(kind, announcement);
        int widest = octets(format.family().maxPrefixLength());
        long wanted = Math.min(format.maxMessageLength(),
                overhead + Math.max(octets, (long) remaining * widest));
        if (tail.buffer.writableBytes() < wanted) {
            roll((int) wanted);
        }
        openKind = kind;
        openNumber = tail.begin(kind, source);
        openStart = layout.start(tail.buffer, kind, announcement);
        openLimit = Math.min(openStart + format.maxMessageLength(), tail.buffer.capacity()) - trailing;
        open = true;
    }

    /** Ends the open message, if there is one, and shows it to readers. */
    void endMessage() {
        if (open) {
            layout.finish(tail.buffer, openStart, openKind, announcement);
            liveOctets += tail.end();
            appended = tail.base + tail.octets();
            messages++;
            open = false;
        }
    }

    /** Seals the tail and begins another, in proportion to what the log holds. */
    private void roll(int atLeast) {
        int capacity = Math.max(atLeast,
                Math.clamp(liveOctets / 4, sizing.minSegmentOctets(), sizing.maxSegmentOctets()));
        LogSegment full = tail;
        // As many messages as there were in as many octets.
        tail = newTail(capacity, (int) ((long) full.count() * capacity / Math.max(1, full.octets())));
        tail.previous = full;
        full.next = tail;
        // After the link: a reader that sees the seal takes the lock and finds the next segment.
        full.seal();
        checkHalfDead(full);
    }

    private LogSegment newTail(int capacity, int expectedMessages) {
        long number = ++lastNumber;
        ByteBuf buffer = memory.newBuffer(capacity, capacity);
        memory.hold(buffer);
        return new LogSegment(number, number, true, appended, buffer, expectedMessages, memory);
    }

    /** A segment for what is left of those from {@code from} to {@code to}. */
    LogSegment newReplacement(LogSegment from, LogSegment to, int octets, int messages) {
        ByteBuf buffer = memory.newBuffer(octets, Integer.MAX_VALUE);
        return new LogSegment(from.first, to.last, false, from.base, buffer, messages, memory);
    }

    // ---- dying

    /**
     * Accounts for the death of the slot's entry. While others of its message live, it is a shadow; with the last of
     * them the message dies, and its shadows are none any more.
     */
    private void kill(int slot) {
        LogSegment segment = index.segment(slot);
        int message = index.message(slot);
        MessageTable table = segment.messages();
        int octets = octets(index.length(slot));
        die(segment, octets);
        if (MessageKind.withdraws(table.kind[message])) {
            segment.tombstones--;
            tombstones--;
        }
        // The cursors were asked, if need be, before this: a reader that skips the message by what it sees here is not
        // yet past it for them.
        table.live[message]--;
        if (table.live[message] > 0) {
            index.addShadow(slot);
            segment.shadows++;
        } else {
            killMessage(segment, message, slot);
        }
        checkHalfDead(segment);
    }

    private void killMessage(LogSegment segment, int message, int lastSlot) {
        MessageTable table = segment.messages();
        int start = table.offset[message];
        int end = table.offset[message + 1];
        byte kind = table.kind[message];
        int nlri = layout.nlri(segment.buffer, start, kind);
        int nlriOctets = layout.nlriEnd(segment.buffer, start, end, kind) - nlri;
        int lastLength = index.length(lastSlot);
        if (nlriOctets > octets(lastLength)) {
            long lastHigh = index.high(lastSlot);
            long lastLow = index.low(lastSlot);
            int lastPathId = index.pathId(lastSlot);
            reader.reset(segment.buffer, nlri, nlriOctets, format.pathIds());
            while (reader.next()) {
                if (reader.high() != lastHigh || reader.low() != lastLow || reader.length() != lastLength
                        || reader.pathId() != lastPathId) {
                    dropShadow(find(reader));
                    segment.shadows--;
                }
            }
        }
        die(segment, end - start - nlriOctets);
    }

    private void die(LogSegment segment, int octets) {
        segment.liveOctets -= octets;
        liveOctets -= octets;
        died += octets;
    }

    /** A dead entry of the slot's prefix cannot be read any more. */
    void dropShadow(int slot) {
        countShadowed(slot, -1);
        index.removeShadow(slot);
        countShadowed(slot, 1);
    }

    private void countShadowed(int slot, int delta) {
        if (index.shadows(slot) > 0 && MessageKind.mayWithdraw(kind(slot))) {
            shadowedWithdrawals += delta;
        }
    }

    /** Positions a reader on the NLRI of a message that has ended. */
    PrefixReader read(LogSegment segment, int message, PrefixReader prefixes) {
        MessageTable table = segment.messages();
        int start = table.offset[message];
        byte kind = table.kind[message];
        int from = layout.nlri(segment.buffer, start, kind);
        int to = layout.nlriEnd(segment.buffer, start, table.offset[message + 1], kind);
        return prefixes.reset(segment.buffer, from, to - from, format.pathIds());
    }

    /** The slot of the entry a reader stands on; negative if its prefix has none. */
    int find(PrefixReader entry) {
        return index.find(entry.high(), entry.low(), entry.length(), entry.pathId());
    }

    /** Octets of an entry. */
    int octets(int length) {
        return Prefixes.encodedSize(length, format.pathIds());
    }

    /** Writes an entry. */
    void write(ByteBuf buffer, long high, long low, int length, int pathId) {
        if (format.pathIds()) {
            Prefixes.write(buffer, pathId, high, low, length);
        } else {
            Prefixes.write(buffer, high, low, length);
        }
    }

    /** Whether withdrawing the slot's prefix needs no tombstone when nobody is reading: nothing of it would be left. */
    boolean isLastOfItsKind(int slot) {
        return index.shadows(slot) == 0 && index.segment(slot).messages().live[index.message(slot)] == 1;
    }

    /** Ends the live entry of a slot without a successor, and forgets the prefix. */
    void forget(int slot) {
        countShadowed(slot, -1);
        kill(slot);
        index.remove(slot);
    }

    /** Forgets a tombstone in a segment that is being replaced. */
    void forgetTombstone(int slot) {
        index.remove(slot);
        tombstones--;
    }

    private void checkHalfDead(LogSegment segment) {
        if (segment.isSealed() && segment.isHalfDead()) {
            enqueue(segment);
        }
    }

    void enqueue(LogSegment segment) {
        if (!segment.queued) {
            segment.queued = true;
            halfDead.add(segment);
        }
    }

    // ---- segments

    /** Puts {@code replacement} in the place of the sealed segments from {@code from} to {@code to}, or nothing. */
    void replace(LogSegment from, LogSegment to, @Nullable LogSegment replacement) {
        LogSegment before = from.previous;
        LogSegment after = to.next;
        if (after == null) {
            throw new IllegalStateException("the tail cannot be replaced");
        }
        LogSegment left = replacement == null ? after : replacement;
        if (replacement != null) {
            memory.hold(replacement.buffer);
            liveOctets += replacement.liveOctets;
            replacement.next = after;
            after.previous = replacement;
        }
        left.previous = before;
        if (before == null) {
            head = left;
        } else {
            before.next = left;
        }
        LogSegment gone = from;
        while (gone != after) {
            LogSegment next = gone.next;
            liveOctets -= gone.liveOctets;
            gone.detach();
            if (next == null) {
                throw new IllegalStateException("the segments are not in order");
            }
            gone = next;
        }
    }

    /** The first segment that covers numbers after this one. */
    LogSegment firstBeyond(long number) {
        LogSegment segment = head;
        while (segment.last <= number && segment.next != null) {
            segment = segment.next;
        }
        return segment;
    }

    /** Lets go of all buffers but those with cursors inside. */
    void close() {
        for (LogSegment segment = head; segment != null;) {
            LogSegment next = segment.next;
            segment.detach();
            segment = next;
        }
        halfDead.clear();
    }
}
