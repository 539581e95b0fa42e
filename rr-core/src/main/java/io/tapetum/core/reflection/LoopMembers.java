package io.tapetum.core.reflection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.tapetum.core.transport.EventLoop;

/**
 * The members of a group that belong to one event loop, and their flush round. The list belongs to that loop;
 * {@link #wake} may be called by any thread.
 */
final class LoopMembers implements Runnable {

    private final EventLoop loop;
    private final List<Subscriber> subscribers = new ArrayList<>();

    // Set by whoever appends, cleared by the loop before it looks at the log: an append that comes after the clearing
    // sets it again and brings another round, so nothing that was appended is left unseen.
    private final AtomicBoolean awake = new AtomicBoolean();

    LoopMembers(EventLoop loop) {
        this.loop = loop;
    }

    EventLoop loop() {
        return loop;
    }

    void add(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /** Brings a flush round, unless one is about to begin anyway. Allocates nothing. */
    void wake() {
        if (!awake.get() && awake.compareAndSet(false, true)) {
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        awake.set(false);
        // From the end, because a session that turns out to be dead removes itself while it is flushed.
        for (int i = subscribers.size() - 1; i >= 0; i--) {
            if (i < subscribers.size()) {
                subscribers.get(i).flush();
            }
        }
    }
}
