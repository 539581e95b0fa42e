package io.tapetum.server.transport;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.tapetum.core.transport.EventLoop;

/** One of Netty's event loops. */
record NettyLoop(io.netty.channel.EventLoop loop) implements EventLoop {

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timer schedule(long deadlineNanos, Runnable task) {
        Future<?> scheduled = loop.schedule(task, deadlineNanos - nanoTime(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
