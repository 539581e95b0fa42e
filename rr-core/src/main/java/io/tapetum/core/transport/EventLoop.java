package io.tapetum.core.transport;

/**
 * A thread that runs tasks one after another. Every peer belongs to one; all that happens to the peer happens there.
 */
public interface EventLoop {

    /** Runs a task after those handed in before. Callable from any thread. */
    void execute(Runnable task);

    /** Runs a task on this loop once {@link #nanoTime} has reached the deadline. Callable on the loop only. */
    Timer schedule(long deadlineNanos, Runnable task);

    /** A monotonic clock, for differences only; all loops of a reflector have the same. Callable from any thread. */
    long nanoTime();

    /** A task that was scheduled. */
    interface Timer {

        /** Makes sure that the task does not run any more. Callable on the loop only. */
        void cancel();
    }
}
