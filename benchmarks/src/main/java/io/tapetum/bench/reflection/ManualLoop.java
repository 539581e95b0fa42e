package io.tapetum.bench.reflection;

import java.util.ArrayDeque;
import java.util.Queue;

import io.tapetum.core.transport.EventLoop;

/** An event loop that runs when it is told to, on the caller's thread. Its timers never come. */
final class ManualLoop implements EventLoop {

    private static final Timer NEVER = new Timer() {
        @Override
        public void cancel() {}
    };

    private final Queue<Runnable> tasks = new ArrayDeque<>();

    /** Runs tasks until there are none. */
    void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Timer schedule(long deadlineNanos, Runnable task) {
        return NEVER;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
