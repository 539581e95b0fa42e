package io.tapetum.core.session;

import java.util.concurrent.atomic.AtomicLong;

/** For how long something has been so, if it is. Written by one thread, which pays only when it changes; read by any. */
final class Lapse {

    /** No time: the times kept are odd, at the cost of a nanosecond. */
    private static final long NONE = 0;

    // One writer, and no other memory depends on the value: a plain read and a release write suffice.
    private final AtomicLong since = new AtomicLong(NONE);

    boolean isRunning() {
        return since.getPlain() != NONE;
    }

    /** It is so; since now, unless it has been so before. */
    void begin(long nowNanos) {
        if (!isRunning()) {
            since.setRelease(nowNanos | 1);
        }
    }

    /** It is not so. */
    void end() {
        if (isRunning()) {
            since.setRelease(NONE);
        }
    }

    /** For how long it has been so, at least a nanosecond; 0 if it is not. Callable by any thread. */
    long nanos(long nowNanos) {
        long begun = since.getAcquire();
        return begun == NONE ? 0 : Math.max(1, nowNanos - begun);
    }
}
