package io.tapetum.server.transport;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.tapetum.core.transport.EventLoop;

/** One of Netty's event loops, and what its connections share. */
final class NettyLoop implements EventLoop {

    private final io.netty.channel.EventLoop loop;
    private final GatheringWrite gathered = new GatheringWrite();

    NettyLoop(io.netty.channel.EventLoop loop) {
        this.loop = loop;
    }

    io.netty.channel.EventLoop loop() {
        return loop;
    }

    /** What the connection whose turn it is sends next; used on the loop only. */
    GatheringWrite gathered() {
        return gathered;
    }

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
