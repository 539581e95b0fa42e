package io.tapetum.core.fsm;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The two timers of a connection that end it: the hold timer, when nothing is heard of the peer (RFC 4271 §8.1.3), and the
 * send hold timer, when the peer takes nothing of what waits for it (RFC 9687). Written by the thread that owns the state
 * machine; {@link #holdLeft} and {@link #sendHoldLeft} may be asked by any.
 *
 * <p>Both are restarted all the time, so all that is written then is when. There is one writer, and each time is a value of
 * its own, so no reader is misled by seeing one a moment before the other.
 */
public final class HoldTimers {

    /** Runs from heardAt; not at all if it is 0. */
    private volatile long holdNanos;
    private final AtomicLong heardAtNanos = new AtomicLong();

    /** Runs from progressAt while output is pending. */
    private volatile long sendHoldNanos;
    private volatile boolean outputPending;
    private final AtomicLong progressAtNanos = new AtomicLong();

    void holdFor(long nanos) {
        holdNanos = nanos;
    }

    long holdNanos() {
        return holdNanos;
    }

    void sendHoldFor(long nanos) {
        sendHoldNanos = nanos;
    }

    long sendHoldNanos() {
        return sendHoldNanos;
    }

    void heard(long nowNanos) {
        heardAtNanos.setRelease(nowNanos);
    }

    void progress(long nowNanos) {
        progressAtNanos.setRelease(nowNanos);
    }

    void outputPending(boolean pending, long nowNanos) {
        if (pending) {
            progress(nowNanos); // first: who sees that the timer runs sees since when
        }
        outputPending = pending;
    }

    long untilHoldExpires(long nowNanos) {
        return holdNanos == 0 ? PeerFsm.NEVER_NANOS : heardAtNanos.getAcquire() + holdNanos - nowNanos;
    }

    long untilSendHoldExpires(long nowNanos) {
        return outputPending ? progressAtNanos.getAcquire() + sendHoldNanos - nowNanos : PeerFsm.NEVER_NANOS;
    }

    /** Until the hold timer expires; zero if that is overdue, {@code null} if it does not run. */
    public @Nullable Duration holdLeft(long nowNanos) {
        return left(untilHoldExpires(nowNanos));
    }

    /** The same of the send hold timer. */
    public @Nullable Duration sendHoldLeft(long nowNanos) {
        return left(untilSendHoldExpires(nowNanos));
    }

    private static @Nullable Duration left(long nanos) {
        return nanos == PeerFsm.NEVER_NANOS ? null : Duration.ofNanos(Math.max(0, nanos));
    }
}
