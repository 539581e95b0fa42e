package io.tapetum.core.session;

import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.fsm.PeerFsm;
import io.tapetum.core.transport.EventLoop;

/** The one timer of a peer, for whatever its state machine waits for next. Confined to the peer's event loop. */
final class Alarm {

    private final EventLoop loop;
    private final LongConsumer due;
    private EventLoop.@Nullable Timer timer;
    private long deadlineNanos;

    /**
     * An alarm that is not set.
     *
     * @param due what it tells, with how much too late it is, in nanoseconds
     */
    Alarm(EventLoop loop, LongConsumer due) {
        this.loop = loop;
        this.due = due;
    }

    /**
     * Makes sure that it goes off no later than this. It may go off too early: a deadline that has moved away, as hold
     * timers do with every message, is found out when the old one comes, which is cheaper than a new timer each time.
     */
    void setBy(long newDeadlineNanos, long nowNanos) {
        if (newDeadlineNanos - nowNanos >= PeerFsm.NEVER_NANOS
                || (timer != null && deadlineNanos - newDeadlineNanos <= 0)) {
            return;
        }
        cancel();
        deadlineNanos = newDeadlineNanos;
        timer = loop.schedule(newDeadlineNanos, this::goOff);
    }

    void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void goOff() {
        timer = null;
        due.accept(loop.nanoTime() - deadlineNanos);
    }
}
