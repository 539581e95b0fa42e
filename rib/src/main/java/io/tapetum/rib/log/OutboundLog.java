package io.tapetum.rib.log;

import java.util.concurrent.locks.ReentrantLock;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

import io.tapetum.rib.PrefixChanges;
import io.tapetum.wire.attribute.NextHop;

/**
 * The outbound log of an update group: what the group announces, as a sequence of encoded UPDATE messages, appended to
 * once for all sessions and read by each through its own cursor. Any thread may call; cursors belong to one thread each.
 *
 * <p>The log keeps of every prefix only the last that was said, and in the order in which it was decided: changes that
 * others have overtaken are dropped ({@link PrefixChanges#isCurrent}). Its size depends on the prefixes announced, not on
 * how often they change nor on how slowly somebody reads.
 */
/*
 * Why a shared log is right for every reader.
 *
 * The order. Appends happen under one lock, and each drops what later decisions have overtaken (the essay in RibChanges
 * says how). So of each prefix the last entry is the newest state, and all a reader must do is read on: whatever it held
 * of a prefix is corrected by an entry that stands between its place and the tail. Everything below keeps that true while
 * entries disappear.
 *
 * Dead messages are skipped. Each of their prefixes has a later entry, which the reader is still to meet: the message
 * died because of it. Reading a dead message because the count was seen late is as harmless.
 *
 * Compaction rewrites sealed segments in their place in the order, with live entries only. A reader that comes later
 * finds the same last entries. A reader inside an old segment reads it to its end, from a buffer that lives as long as
 * somebody is inside, and goes on behind the highest segment number it has covered: segments are numbered in log order,
 * and what replaces a range of them covers their numbers. Should segments have been joined across that point, it reads
 * some live entries twice, which changes nothing; joins avoid it all the same.
 *
 * Tombstones. A withdrawal is needed by readers that hold the route, and these are of two kinds: those that were sent
 * the announcement before, and have not passed the tombstone; and those that will still be sent it, because a dead
 * announcement of the prefix stands in a message that has live entries too: a shadow. A tombstone may go when all cursors
 * have passed it and the prefix has no shadow in the log. Shadows in old segments that only a lagging cursor is inside
 * count for nothing: that cursor has not passed the tombstone, as it stands further on. When the tombstone goes, nothing
 * of the prefix is left in the log, so the index forgets the prefix.
 *
 * Who starts at the head with nothing, or goes back there knowing all up to some point, needs the withdrawals before the
 * tail, or that point, only on account of shadows. While there are none, it skips them: a fresh session is not told to
 * withdraw what it never got.
 *
 * Split horizon. A message has one source, and that peer's cursor skips it. That is right only if the peer holds nothing
 * of its prefixes, which somebody else may have announced before. An entry is called clean if a cursor of its source that
 * comes to it, from wherever it is now or from the head, certainly holds none of the prefix. The first entry of a prefix
 * is clean; so is the successor of a clean entry of the same source: there is nothing between them. So is the successor
 * of an unclean one, or of any tombstone, if all cursors of the source have passed that, which took away what there was,
 * and the prefix has no shadow, from which it could come back after a rewind. All others are unclean: the source's cursor
 * sends a withdrawal made of the message's prefixes. The flag errs only on that side. Compaction asks again, so that
 * unclean entries do not stay so for ever. Withdrawals are skipped by the source of what they withdraw if that was clean.
 *
 * Cursors and appenders. A cursor publishes its index after the messages were handed over, and appenders ask for it
 * before they declare an entry dead. So a message that the appender finds passed was really handed out, or skipped for
 * reasons other than its death by that very append.
 */
public final class OutboundLog {

    final ReentrantLock lock = new ReentrantLock();
    private final LogFormat format;
    final LogStore store;
    private final CursorSet cursors = new CursorSet();
    private final Housekeeping housekeeping;

    /** Numbers of changes that wait for a message of another kind. */
    private final IntList pending = new IntList();
    /** Numbers of changes that are to be withdrawn. */
    private final IntList listed = new IntList();
    private long withheld;
    /** Volatile: cursors ask without the lock, and may learn of it a little later. */
    private volatile boolean closed;

    // Volatile, and written before the lock is let go after a change: so operators, who ask for every session, never hold the
    // lock that each append needs, nor wait for it.
    private volatile int shownAnnounced;
    private volatile long shownAppended;

    /** An empty log, in pooled direct buffers. */
    public OutboundLog(LogFormat format) {
        this(format, LogSizing.DEFAULT, ByteBufAllocator.DEFAULT);
    }

    OutboundLog(LogFormat format, LogSizing sizing, ByteBufAllocator allocator) {
        this.format = format;
        this.store = new LogStore(format, sizing, allocator);
        this.housekeeping = new Housekeeping(store, cursors);
    }

    public LogFormat format() {
        return format;
    }

    /**
     * Announces the prefixes of {@code changes[from, to)} that are still current and not yet overtaken here, as one
     * UPDATE if it holds them, as several if not. A prefix whose attributes leave no room for it in any message is
     * withheld: withdrawn if it was announced, and counted.
     *
     * @param attributeBlock path attributes as they go out, between its reader and writer index, which do not move; with
     *            NEXT_HOP in the classic encoding, without in the multiprotocol one
     * @param nextHop for MP_REACH_NLRI; ignored in the classic encoding
     * @param sourcePeerId the peer all these routes come from, which does not get them
     * @return routes appended
     */
    public int announce(ByteBuf attributeBlock, NextHop nextHop, int sourcePeerId, PrefixChanges changes, int from,
            int to) {
        lock.lock();
        try {
            if (closed) {
                return 0;
            }
            store.announcement.set(nextHop, attributeBlock);
            int room = format.maxMessageLength() - store.overhead(MessageKind.ANNOUNCE);
            pending.clear();
            listed.clear();
            int appended = 0;
            for (int i = from; i < to; i++) {
                int slot = slot(changes, i);
                if (!changes.isCurrent(i) || isOvertaken(slot, changes, i)) {
                    continue;
                }
                if (store.octets(changes.length(i)) > room) {
                    listed.add(i);
                } else if (slot >= 0 && !isCleanFor(sourcePeerId, slot)) {
                    pending.add(i);
                } else {
                    append(slot, changes, i, MessageKind.ANNOUNCE, sourcePeerId, to - i);
                    appended++;
                }
            }
            store.endMessage();
            for (int p = 0; p < pending.size(); p++) {
                int i = pending.get(p);
                int slot = slot(changes, i);
                if (!isOvertaken(slot, changes, i)) {
                    append(slot, changes, i, MessageKind.ANNOUNCE_UNCLEAN, sourcePeerId, pending.size() - p);
                    appended++;
                }
            }
            store.endMessage();
            if (listed.size() > 0) {
                withheld += listed.size();
                withdrawListed(changes);
            }
            housekeeping.tidy();
            return appended;
        } finally {
            store.announcement.clear();
            showAndUnlock();
        }
    }

    /**
     * Withdraws those prefixes of {@code changes[from, to)} that are announced here, unless the change has been
     * overtaken; whatever the best path in the change is.
     *
     * @return routes withdrawn
     */
    public int withdraw(PrefixChanges changes, int from, int to) {
        lock.lock();
        try {
            if (closed) {
                return 0;
            }
            listed.clear();
            for (int i = from; i < to; i++) {
                listed.add(i);
            }
            int withdrawn = withdrawListed(changes);
            housekeeping.tidy();
            return withdrawn;
        } finally {
            showAndUnlock();
        }
    }

    private void showAndUnlock() {
        shownAnnounced = store.announced();
        shownAppended = store.appended();
        lock.unlock();
    }

    private int withdrawListed(PrefixChanges changes) {
        int withdrawn = 0;
        // Withdrawals that differ in who may skip them need different messages: a round for each, which are few.
        while (listed.size() > 0) {
            pending.clear();
            boolean first = true;
            byte roundKind = MessageKind.WITHDRAW;
            int roundSource = 0;
            for (int n = 0; n < listed.size(); n++) {
                int i = listed.get(n);
                int slot = slot(changes, i);
                if (slot < 0 || !changes.isCurrent(i) || isOvertaken(slot, changes, i)) {
                    continue;
                }
                if (MessageKind.withdraws(store.kind(slot))) {
                    store.index.setVersion(slot, changes.version(i));
                    continue;
                }
                if (cursors.size() == 0 && store.isLastOfItsKind(slot)) {
                    store.forget(slot);
                    withdrawn++;
                    continue;
                }
                int source = store.source(slot);
                byte kind = isCleanFor(source, slot) ? MessageKind.WITHDRAW : MessageKind.WITHDRAW_UNCLEAN;
                if (kind == MessageKind.WITHDRAW_UNCLEAN) {
                    source = 0;
                }
                if (first) {
                    first = false;
                    roundKind = kind;
                    roundSource = source;
                }
                if (kind == roundKind && source == roundSource) {
                    append(slot, changes, i, kind, source, listed.size() - n);
                    withdrawn++;
                } else {
                    pending.add(i);
                }
            }
            store.endMessage();
            listed.clear();
            listed.addAll(pending);
        }
        return withdrawn;
    }

    private void append(int slot, PrefixChanges changes, int i, byte kind, int source, int remaining) {
        store.append(slot, changes.high(i), changes.low(i), changes.length(i), changes.pathId(i), changes.version(i),
                kind, source, remaining);
    }

    private int slot(PrefixChanges changes, int i) {
        return store.index.find(changes.high(i), changes.low(i), changes.length(i), changes.pathId(i));
    }

    /** Whether something newer was said of the prefix, or the same in the message that is being written. */
    private boolean isOvertaken(int slot, PrefixChanges changes, int i) {
        return slot >= 0
                && (store.index.version(slot) - changes.version(i) > 0 || store.isInOpenMessage(slot));
    }

    /**
     * Whether the peer, when it reads on from wherever it is, or from the head, certainly holds no route of the slot's
     * prefix once it is past the slot's entry, if the entry is the last one before a new one.
     */
    private boolean isCleanFor(int peerId, int slot) {
        byte kind = store.kind(slot);
        boolean own = store.source(slot) == peerId && kind != MessageKind.WITHDRAW_UNCLEAN;
        if (own && MessageKind.isClean(kind)) {
            return true;
        }
        return (own || MessageKind.withdraws(kind)) && store.index.shadows(slot) == 0
                && cursors.passedByPeer(peerId, store.index.segment(slot), store.index.message(slot));
    }

    // ---- cursors

    /** A cursor at the head: it hands out everything announced at present, and from then on what changes. */
    public LogCursor join(int peerId) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the log is closed");
            }
            LogCursor cursor = new LogCursor(this, peerId, store.head(), quietUntil(tailMark()));
            cursors.add(cursor);
            return cursor;
        } finally {
            lock.unlock();
        }
    }

    void rewind(LogCursor cursor) {
        lock.lock();
        try {
            if (!closed) {
                cursor.setQuietUntil(quietUntil(cursor.mark()));
                cursor.enter(store.head());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A peer that knows nothing, or all up to the mark, needs the withdrawals before the mark only to take back shadows
     * that it reads on its way.
     */
    private long quietUntil(long mark) {
        return store.nobodyNeedsOldWithdrawals() ? mark : 0;
    }

    /** From the end of a sealed segment on to what stands behind it by now; false if the log is closed. */
    boolean enterNext(LogCursor cursor) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            LogSegment left = cursor.segment();
            cursor.enter(left.next != null ? left.next : store.firstBeyond(left.last));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** From the begin of a segment that was replaced to what stands there by now; false if the log is closed. */
    boolean enterReplacement(LogCursor cursor) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            cursor.enter(store.firstBeyond(cursor.segment().first - 1));
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(LogCursor cursor) {
        lock.lock();
        try {
            cursors.remove(cursor);
            cursor.segment().leave();
        } finally {
            lock.unlock();
        }
    }

    long tailMark() {
        lock.lock();
        try {
            return LogCursor.mark(store.tail().first, store.tail().count());
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Octets appended since the log exists, as of the last change. */
    long appended() {
        return shownAppended;
    }

    ByteBuf withdrawalOf(ByteBuf buffer, int start, int end) {
        return store.layout.withdrawalOf(store.allocator, buffer, start, end);
    }

    // ---- the end, and what operators ask

    /** Whether the prefix, with this path identifier, is announced at present. */
    public boolean announces(long high, long low, int length, int pathId) {
        lock.lock();
        try {
            int slot = closed ? -1 : store.index.find(high, low, length, pathId);
            return slot >= 0 && !MessageKind.withdraws(store.kind(slot));
        } finally {
            lock.unlock();
        }
    }

    /** Whether a message can hold a prefix of this length with these attributes; see {@link #announce}. */
    public boolean hasRoom(ByteBuf attributeBlock, NextHop nextHop, int length) {
        lock.lock();
        try {
            store.announcement.set(nextHop, attributeBlock);
            return store.octets(length) <= format.maxMessageLength() - store.overhead(MessageKind.ANNOUNCE);
        } finally {
            store.announcement.clear();
            lock.unlock();
        }
    }

    @Nullable
    LogEntry entryFor(LogCursor cursor, long high, long low, int length, int pathId) {
        lock.lock();
        try {
            int slot = closed ? -1 : store.index.find(high, low, length, pathId);
            if (slot < 0) {
                return null;
            }
            LogSegment segment = store.index.segment(slot);
            int message = store.index.message(slot);
            boolean passed = cursor.hasPassed(segment, message);
            long before = passed ? 0 : segment.base + segment.messages().offset[message] - cursor.place();
            return new LogEntry(!MessageKind.withdraws(store.kind(slot)), store.index.version(slot), passed,
                    Math.max(0, before));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets go of the log's buffers. Those that open cursors stand in go when the cursors are closed; they hand out no
     * more than what is there.
     */
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                store.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many prefixes are announced, as of the last change. Waits for nobody. */
    public int announced() {
        return shownAnnounced;
    }

    /** Routes not announced because no message could hold their attributes, since the log exists. */
    public long withheld() {
        lock.lock();
        try {
            return withheld;
        } finally {
            lock.unlock();
        }
    }

    /** What the log holds and has done, as of one moment. */
    public LogStatistics statistics() {
        lock.lock();
        try {
            return new LogStatistics(store.announced(), store.tombstones(), store.memory.octets(), store.liveOctets(),
                    store.appended(),
                    store.memory.segments(),
                    store.messages(), housekeeping.compactions(), withheld, cursors.size());
        } finally {
            lock.unlock();
        }
    }
}
