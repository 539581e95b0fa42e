package io.tapetum.core.session;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.core.reflection.Membership;
import io.tapetum.core.transport.Connection;
import io.tapetum.rib.log.LogCursor;
import io.tapetum.rib.log.SliceSink;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.RouteRefresh;
import io.tapetum.wire.update.UpdateWriter;

/**
 * What a session sends of one family: the log of its update group, the End-of-RIB after the initial routes (RFC 4724
 * §2), and the answers to route refreshes (RFC 2918, RFC 7313). Confined to the session's event loop.
 */
final class FamilySession implements SliceSink {

    /** Octets asked of the log at a time; the connection says after each whether it takes more. */
    private static final int GATHER_OCTETS = 256 * 1024;

    private final Family family;
    private final Connection connection;
    private final boolean enhancedRefresh;
    private final Consumer<Family> tableSent;
    private final Membership membership;
    private final TrafficCounters sent;

    private final BooleanSupplier endOfRibHeldBack;

    /** Whether the last flush came to the end of the log. */
    private boolean atTail;
    /**
     * A {@link Lapse}: the flushes have not, because the connection took no more. Volatile for those who ask how the session is
     * doing; written on the loop, when it changes.
     */
    private volatile long behindSince = Lapse.NONE;
    /** Messages and octets of the log that this flush has handed over. */
    private int messagesHanded;
    private long octetsHanded;

    /** Volatile for those who ask how the session is doing; it is written once, by the loop. */
    private volatile boolean endOfRibDue = true;
    /** Where the log ended when it had become complete: behind it, the peer has the table. */
    private final Milestone endOfTable = new Milestone();
    /** Where the log ended when the answer to a refresh began: behind it, the answer is complete. */
    private final Milestone endOfAnswer = new Milestone();
    private boolean refreshWaits;

    /**
     * A session's part of one family, at the head of the log.
     *
     * @param endOfRibHeldBack whether the peer must not get an End-of-RIB yet
     * @param enhancedRefresh whether BoRR and EoRR frame the answer to a refresh (RFC 7313)
     * @param tableSent told when the End-of-RIB has been handed to the connection
     * @param sent counts what is handed to the connection
     */
    FamilySession(Family family, Connection connection, BooleanSupplier endOfRibHeldBack, boolean enhancedRefresh,
            Consumer<Family> tableSent, TrafficCounters sent, Membership membership) {
        this.family = family;
        this.connection = connection;
        this.endOfRibHeldBack = endOfRibHeldBack;
        this.enhancedRefresh = enhancedRefresh;
        this.tableSent = tableSent;
        this.sent = sent;
        this.membership = membership;
    }

    Family family() {
        return family;
    }

    /** The place in the update group. Callable by any thread. */
    Membership membership() {
        return membership;
    }

    /** Whether the peer has been told that it has the whole table. */
    boolean isEndOfRibSent() {
        return !endOfRibDue;
    }

    /**
     * Hands the connection what the log holds beyond the cursor, as long as the connection takes it. Allocates nothing
     * but the messages that mark the end of a table.
     *
     * @return whether anything was handed over
     */
    boolean flush() {
        boolean anything = false;
        do {
            // Whether the log is complete is read before its end, or the end might lie before the last of the table.
            boolean complete = membership.isComplete();
            anything |= sendLog();
            anything |= complete && sendEndOfRib();
            anything |= sendEndOfRefresh();
        } while (beginWaitingAnswer());
        if (messagesHanded > 0) {
            sent.count(BgpHeader.UPDATE, messagesHanded, octetsHanded);
            messagesHanded = 0;
            octetsHanded = 0;
        }
        return anything;
    }

    private boolean sendLog() {
        LogCursor cursor = membership.cursor();
        boolean anything = false;
        atTail = false;
        while (!atTail && connection.isWritable()) {
            anything |= cursor.gather(this, GATHER_OCTETS) > 0;
            atTail = cursor.atTail();
        }
        return anything;
    }

    /** Whether the last {@link #flush} came to the end of the log. */
    boolean isAtTail() {
        return atTail;
    }

    /** Whether it did not come there before either; {@link #settle} has seen to it. */
    boolean isKnownToBeBehind() {
        return behindSince != Lapse.NONE;
    }

    /** Takes down what the last flush came to. */
    void settle(long nowNanos) {
        if (atTail == isKnownToBeBehind()) {
            behindSince = atTail ? Lapse.NONE : Lapse.since(nowNanos);
        }
    }

    /** How many prefixes the group announces at present. Callable by any thread. */
    int announced() {
        return membership.announced();
    }

    /**
     * How the session is doing with the family. Callable by any thread.
     *
     * @param waitingNanos for how long the connection has had octets that the kernel has not taken
     * @param endOfRibReceived whether the peer has sent its End-of-RIB
     */
    FamilyFigures figures(long waitingNanos, boolean endOfRibReceived, long nowNanos) {
        return new FamilyFigures(membership.groupId(), membership.cursor().lagOctets(),
                Duration.ofNanos(Math.max(waitingNanos, Lapse.nanos(behindSince, nowNanos))), endOfRibReceived,
                !endOfRibDue);
    }

    private boolean sendEndOfRib() {
        if (!endOfRibDue || endOfRibHeldBack.getAsBoolean()) {
            return false;
        }
        LogCursor cursor = membership.cursor();
        if (!endOfTable.isSet()) {
            endOfTable.set(cursor);
        }
        if (!endOfTable.reached(cursor)) {
            return false;
        }
        endOfRibDue = false;
        write(endOfRib());
        tableSent.accept(family);
        return true;
    }

    private boolean sendEndOfRefresh() {
        if (!endOfAnswer.reached(membership.cursor())) {
            return false;
        }
        if (enhancedRefresh) {
            write(routeRefresh(RouteRefresh.END));
        }
        return enhancedRefresh;
    }

    /**
     * Sends the whole log again, with the next {@link #flush}. Waits until the table (RFC 7313 §4: no BoRR before the
     * End-of-RIB) or the last answer has been sent; all requests that come meanwhile are answered together.
     */
    void refresh() {
        refreshWaits = true;
        beginWaitingAnswer();
    }

    /** Asks the peer for its routes (RFC 2918 §4). */
    void requestRefresh() {
        write(routeRefresh(RouteRefresh.REQUEST));
    }

    private boolean beginWaitingAnswer() {
        if (!refreshWaits || endOfRibDue || endOfAnswer.isSet()) {
            return false;
        }
        refreshWaits = false;
        if (enhancedRefresh) {
            write(routeRefresh(RouteRefresh.BEGINNING));
        }
        LogCursor cursor = membership.cursor();
        cursor.rewind();
        endOfAnswer.set(cursor);
        return true;
    }

    private void write(ByteBuf message) {
        sent.count(message);
        connection.write(message);
    }

    private ByteBuf endOfRib() {
        ByteBuf message = Unpooled.buffer(32);
        UpdateWriter.writeEndOfRib(message, family);
        return message;
    }

    private ByteBuf routeRefresh(int subtype) {
        ByteBuf message = Unpooled.buffer(32);
        MessageEncoder.write(new RouteRefresh(family.afi(), subtype, family.safi()), message);
        return message;
    }

    @Override
    public void add(ByteBuf segment, int offset, int length, int messages) {
        messagesHanded += messages;
        octetsHanded += length;
        connection.write(segment, offset, length);
    }

    void close() {
        membership.leave();
    }
}
