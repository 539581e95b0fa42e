package io.tapetum.core.fsm;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.SessionTimers;
import io.tapetum.wire.message.Open;

/**
 * One connection: its state, what was agreed on it, and its clocks. A clock that restarts often is kept as the time it
 * last did; its deadline is computed when somebody asks.
 */
final class Connection {

    /** Shortest send hold time where none is configured (RFC 9687 §4). */
    private static final Duration MIN_SEND_HOLD = Duration.ofMinutes(8);

    private final int id;
    private final boolean outgoing;
    private SessionState state = SessionState.CONNECT;
    private @Nullable Open offer;
    private @Nullable Negotiated negotiated;

    /* Connect: when the attempt is given up. */
    private long attemptDeadlineNanos;

    /* The hold timer and the send hold timer. */
    private final HoldTimers holdTimers = new HoldTimers();
    private boolean outputPending;

    /* The keepalive timer: runs from sentAt; not at all if keepaliveNanos is 0. */
    private long keepaliveNanos;
    private long sentAtNanos;

    /* OpenConfirm, until our KEEPALIVE was sent: how long the rival connection may take to get its OPEN. */
    private boolean confirmed;
    private long rivalDeadlineNanos;
    private boolean keepaliveReceived;

    private long establishedAtNanos;

    Connection(int id, boolean outgoing) {
        this.id = id;
        this.outgoing = outgoing;
    }

    int id() {
        return id;
    }

    /** Whether we opened it. */
    boolean outgoing() {
        return outgoing;
    }

    SessionState state() {
        return state;
    }

    /** Our OPEN; from OpenSent on. */
    Open offer() {
        return present(offer);
    }

    /** What both OPENs agree on; from OpenConfirm on. */
    Negotiated negotiated() {
        return present(negotiated);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not known in this state");
        }
        return value;
    }

    /* Transitions */

    void attempt(long deadlineNanos) {
        attemptDeadlineNanos = deadlineNanos;
    }

    /** OpenSent has a large hold time, because none is agreed yet (RFC 4271 §8.2.2). */
    void openSent(Open sent, SessionTimers timers, long nowNanos) {
        state = SessionState.OPEN_SENT;
        offer = sent;
        holdTimers.holdFor(timers.openHoldTime().toNanos());
        heard(nowNanos);
    }

    /** OpenConfirm has the agreed hold time; without one, the large one still bounds it. */
    void openReceived(Negotiated agreed, long nowNanos) {
        state = SessionState.OPEN_CONFIRM;
        negotiated = agreed;
        if (agreed.holdTimeSeconds() > 0) {
            holdTimers.holdFor(TimeUnit.SECONDS.toNanos(agreed.holdTimeSeconds()));
        }
        heard(nowNanos);
    }

    /** The KEEPALIVE that answers an OPEN waits for the rival connection until this deadline. */
    void waitForRival(long deadlineNanos) {
        rivalDeadlineNanos = deadlineNanos;
    }

    void confirmed(RandomGenerator random, long nowNanos) {
        confirmed = true;
        keepaliveSent(random, nowNanos);
    }

    void established(SessionTimers timers, long nowNanos) {
        state = SessionState.ESTABLISHED;
        establishedAtNanos = nowNanos;
        int agreedHold = negotiated().holdTimeSeconds();
        if (agreedHold == 0) {
            holdTimers.holdFor(0);
        }
        long twiceHold = TimeUnit.SECONDS.toNanos(2L * agreedHold);
        holdTimers.sendHoldFor(timers.sendHold().isZero()
                ? Math.max(MIN_SEND_HOLD.toNanos(), twiceHold)
                : timers.sendHold().toNanos());
        outputProgress(nowNanos);
        heard(nowNanos);
    }

    /* What happened on it */

    boolean isAttempt() {
        return state == SessionState.CONNECT;
    }

    boolean isConfirmed() {
        return confirmed;
    }

    boolean isKeepaliveReceived() {
        return keepaliveReceived;
    }

    void keepaliveReceived(long nowNanos) {
        keepaliveReceived = true;
        heard(nowNanos);
    }

    void heard(long nowNanos) {
        holdTimers.heard(nowNanos);
    }

    void sent(long nowNanos) {
        sentAtNanos = nowNanos;
    }

    /** The interval is drawn anew for each KEEPALIVE, not for each message: sending UPDATEs costs no random number. */
    void keepaliveSent(RandomGenerator random, long nowNanos) {
        sentAtNanos = nowNanos;
        keepaliveNanos = Backoff.jittered(TimeUnit.SECONDS.toNanos(negotiated().holdTimeSeconds()) / 3, random);
    }

    void outputPending(boolean pending, long nowNanos) {
        if (pending != outputPending) {
            outputPending = pending;
            holdTimers.outputPending(pending, nowNanos);
        }
    }

    void outputProgress(long nowNanos) {
        if (outputPending) { // or the timer does not run, and begins when something is
            holdTimers.progress(nowNanos);
        }
    }

    HoldTimers holdTimers() {
        return holdTimers;
    }

    /* How long is left, in nanoseconds; zero or less once it is due; NEVER_NANOS if it does not run */

    long untilAttemptEnds(long nowNanos) {
        return isAttempt() ? attemptDeadlineNanos - nowNanos : PeerFsm.NEVER_NANOS;
    }

    long untilHoldExpires(long nowNanos) {
        return isAttempt() ? PeerFsm.NEVER_NANOS : holdTimers.untilHoldExpires(nowNanos);
    }

    long untilSendHoldExpires(long nowNanos) {
        return state == SessionState.ESTABLISHED ? holdTimers.untilSendHoldExpires(nowNanos) : PeerFsm.NEVER_NANOS;
    }

    long untilKeepalive(long nowNanos) {
        return keepaliveNanos > 0 ? sentAtNanos + keepaliveNanos - nowNanos : PeerFsm.NEVER_NANOS;
    }

    long untilRivalIsLate(long nowNanos) {
        return state == SessionState.OPEN_CONFIRM && !confirmed
                ? rivalDeadlineNanos - nowNanos
                : PeerFsm.NEVER_NANOS;
    }

    long untilNextDeadline(long nowNanos) {
        long nearest = Math.min(untilAttemptEnds(nowNanos), untilHoldExpires(nowNanos));
        nearest = Math.min(nearest, untilSendHoldExpires(nowNanos));
        nearest = Math.min(nearest, untilKeepalive(nowNanos));
        return Math.min(nearest, untilRivalIsLate(nowNanos));
    }

    long holdSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(holdTimers.holdNanos());
    }

    long sendHoldSeconds() {
        return TimeUnit.NANOSECONDS.toSeconds(holdTimers.sendHoldNanos());
    }

    boolean wasStable(Duration stable, long nowNanos) {
        return state == SessionState.ESTABLISHED && nowNanos - establishedAtNanos >= stable.toNanos();
    }
}
