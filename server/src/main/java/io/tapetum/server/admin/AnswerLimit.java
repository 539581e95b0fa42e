package io.tapetum.server.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Ends an answer that is not made or not taken. It may take as long as it likes while octets go out, within a bound that
 * only somebody reaches who means harm. An interrupt closes the connection that its thread is blocked on.
 */
final class AnswerLimit implements AutoCloseable {

    /**
     * How patient it is.
     *
     * @param idle for how long nothing may go out
     * @param whole how long all of the answer may take
     */
    record Patience(Duration idle, Duration whole) {}

    /** How much is written at a time, so that somebody who takes a big answer slowly is seen to take it. */
    private static final int STEP = 16 * 1024;

    private final Thread thread = Thread.currentThread();
    private final ScheduledExecutorService watch;
    private final Patience patience;
    private final long begunNs = System.nanoTime();

    /** Written by the thread that answers and read by the one that watches; a moment too old makes no difference. */
    private volatile long progressNs = begunNs;

    /** {@code null} once it is over. Guarded by this object's monitor, so that nothing is begun again after the end. */
    private @Nullable Future<?> next;

    private AnswerLimit(ScheduledExecutorService watch, Patience patience) {
        this.watch = watch;
        this.patience = patience;
    }

    /** Begins to watch the thread that calls. */
    static AnswerLimit begin(ScheduledExecutorService watch, Patience patience) {
        AnswerLimit limit = new AnswerLimit(watch, patience);
        synchronized (limit) {
            limit.lookIn(limit.left());
        }
        return limit;
    }

    private long left() {
        long now = System.nanoTime();
        return Math.min(progressNs + patience.idle().toNanos() - now, begunNs + patience.whole().toNanos() - now);
    }

    private void lookIn(long ns) {
        next = watch.schedule(this::look, ns, TimeUnit.NANOSECONDS);
    }

    private synchronized void look() {
        if (next == null) {
            return;
        }
        long left = left();
        if (left <= 0) {
            next = null;
            thread.interrupt();
        } else {
            lookIn(left);
        }
    }

    /** The same stream, what goes out on which is progress. */
    OutputStream watching(OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                out.write(octet);
                progressNs = System.nanoTime();
            }

            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                for (int written = 0; written < length; written += STEP) {
                    out.write(octets, offset + written, Math.min(STEP, length - written));
                    progressNs = System.nanoTime();
                }
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }

            @Override
            public void close() throws IOException {
                out.close();
            }
        };
    }

    /** The answer has been taken. */
    @Override
    public synchronized void close() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }
}
