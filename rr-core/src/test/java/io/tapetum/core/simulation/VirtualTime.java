package io.tapetum.core.simulation;

import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/** A clock that stands still while something happens and jumps to the next event when nothing does. */
final class VirtualTime {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long sequence;
    private long processed;

    /** Nanoseconds since the run began. */
    long now() {
        return now;
    }

    /** How many events have happened. */
    long processed() {
        return processed;
    }

    /** Lets a task happen at this time, or now if that is past; tasks of equal time happen in the order of the calls. */
    Event at(long time, Runnable task) {
        Event event = new Event(Math.max(time, now), sequence++, task);
        events.add(event);
        return event;
    }

    Event after(long delay, Runnable task) {
        return at(now + delay, task);
    }

    /** Lets everything happen that is due before this time, and arrives there. */
    void runUntil(long time) {
        for (Event next = events.peek(); next != null && next.time <= time; next = events.peek()) {
            events.remove();
            Runnable task = next.task;
            if (task != null) {
                now = next.time;
                processed++;
                task.run();
            }
        }
        now = Math.max(now, time);
    }

    /** Something that will happen unless it is cancelled. */
    static final class Event implements Comparable<Event> {

        private final long time;
        private final long sequence;
        private @Nullable Runnable task;

        Event(long time, long sequence, Runnable task) {
            this.time = time;
            this.sequence = sequence;
            this.task = task;
        }

        void cancel() {
            task = null;
        }

        @Override
        public int compareTo(Event other) {
            int result = Long.compare(time, other.time);
            return result != 0 ? result : Long.compare(sequence, other.sequence);
        }
    }
}
