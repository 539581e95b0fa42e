package io.tapetum.core.fsm;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.tapetum.core.settings.ConnectMode;

/**
 * When the next connection is due: the connect retry timer and the idle hold timer (RFC 4271 §8.1.3), which never run at
 * the same time and share one back-off.
 */
final class Retry {

    private final RandomGenerator random;
    private final Backoff backoff;
    private boolean idleHold;
    private boolean armed;
    private long atNanos;

    Retry(RandomGenerator random) {
        this.random = random;
        this.backoff = new Backoff(random);
    }

    /** Whether the peer's connections are refused meanwhile. */
    boolean isIdleHold() {
        return idleHold;
    }

    /** No wait and no idle hold. */
    void clear() {
        idleHold = false;
        armed = false;
    }

    /** There is a connection to wait for instead; the back-off stays as it is. */
    void disarm() {
        armed = false;
    }

    /** What failed before does not count any more. */
    void forgetFailures() {
        backoff.reset();
    }

    /**
     * One more connection came to nothing.
     *
     * @param hold whether the peer is refused during the wait; a peer that is never connected to needs no other wait
     */
    void failed(FsmSettings settings, boolean hold, long nowNanos) {
        long wait = backoff.next(settings.timers().connectRetry(), settings.timers().connectRetryMax());
        clear();
        idleHold = hold;
        if (hold) {
            arm(wait, nowNanos);
            return;
        }
        switch (settings.connect()) {
            case ACTIVE -> arm(wait, nowNanos);
            case FALLBACK -> arm(Math.max(wait, fallbackDelay(settings)), nowNanos);
            case PASSIVE -> {
                // The peer comes when it likes.
            }
        }
    }

    /** Wait for a peer that is expected to connect first. */
    void waitForPeer(FsmSettings settings, long nowNanos) {
        clear();
        arm(fallbackDelay(settings), nowNanos);
    }

    /** Refuse the peer until {@link #clear}. */
    void holdDown() {
        idleHold = true;
        armed = false;
    }

    /** Refuse the peer for this long. */
    void holdDown(Duration time, long nowNanos) {
        idleHold = true;
        arm(time.toNanos(), nowNanos);
    }

    /** Time left in nanoseconds, zero or less once it is due, {@link PeerFsm#NEVER_NANOS} if nothing is waited for. */
    long untilDue(long nowNanos) {
        return armed ? atNanos - nowNanos : PeerFsm.NEVER_NANOS;
    }

    /** The wait is over. Returns whether to connect now; otherwise the peer may, and is perhaps waited for. */
    boolean over(FsmSettings settings, long nowNanos) {
        boolean held = idleHold;
        clear();
        if (settings.connect() == ConnectMode.FALLBACK && held) {
            // Only now may the peer connect again, so only now does the wait for it begin.
            waitForPeer(settings, nowNanos);
            return false;
        }
        return settings.connect() != ConnectMode.PASSIVE;
    }

    private void arm(long nanos, long nowNanos) {
        armed = true;
        atNanos = nowNanos + nanos;
    }

    private long fallbackDelay(FsmSettings settings) {
        return Backoff.jittered(settings.timers().fallbackDelay().toNanos(), random);
    }
}
