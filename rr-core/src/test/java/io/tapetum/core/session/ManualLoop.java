package io.tapetum.core.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.transport.EventLoop;

/** An event loop that runs when told to, on a clock that moves when told to. Tasks may come from any thread. */
public final class ManualLoop implements EventLoop {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Alarm> alarms = new ArrayList<>();
    /** Late in the life of a clock that wraps around: times may only be compared by subtraction. */
    private long now = Long.MAX_VALUE - Duration.ofMinutes(3).toNanos();

    private record Alarm(long deadlineNanos, Runnable task) {}

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
        }
    }

    @Override
    public Timer schedule(long deadlineNanos, Runnable task) {
        Alarm alarm = new Alarm(deadlineNanos, task);
        alarms.add(alarm);
        return () -> alarms.removeIf(other -> other.equals(alarm));
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** How many tasks wait. */
    public int waiting() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    /** Runs the task that has waited longest; returns whether there was one. */
    public boolean runOne() {
        Runnable task;
        synchronized (tasks) {
            task = tasks.poll();
        }
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    /** Runs tasks until none is left. */
    public void runAll() {
        while (runOne()) {
            // Until nothing is left to do.
        }
    }

    /** Lets time pass, with everything that falls due on the way, in order. */
    public void pass(Duration time) {
        runAll();
        long end = now + time.toNanos();
        for (Alarm next = earliest(); next != null && next.deadlineNanos - end <= 0; next = earliest()) {
            alarms.remove(next);
            if (next.deadlineNanos - now > 0) {
                now = next.deadlineNanos;
            }
            next.task.run();
            runAll();
        }
        now = end;
    }

    /** Time passes in which nothing runs, as in a process that is stopped; what fell due meanwhile comes late. */
    public void stall(Duration time) {
        freeze(time);
        pass(Duration.ZERO);
    }

    /** The same without what fell due: the process is still stopped. */
    public void freeze(Duration time) {
        now += time.toNanos();
    }

    private @Nullable Alarm earliest() {
        return alarms.stream().min(Comparator.comparingLong(alarm -> alarm.deadlineNanos - now)).orElse(null);
    }
}
