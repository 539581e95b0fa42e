package io.tapetum.core.reflection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.tapetum.core.delay.LoopDelays;
import io.tapetum.core.transport.EventLoop;

/**
 * The members of a group that belong to one event loop, and their flush round. The list belongs to that loop;
 * {@link #wake} and {@link #oweRound} may be called by any thread.
 */
final class LoopMembers implements Runnable {

    private final EventLoop loop;
    private final LoopDelays delays;
    private final FlushRound round;
    private final Probe probe;
    private final List<Subscriber> subscribers = new ArrayList<>();

    // Set by whoever appends, cleared by the loop before it looks at the log: an append that comes after the clearing
    // sets it again and brings another round, so nothing that was appended is left unseen.
    private final AtomicBoolean awake = new AtomicBoolean();

    // What woke the loop. Written by the one who set awake, before it hands in the round; read by the round before it clears
    // awake. So the hand-over of the task orders the one and the flag the other, and nobody writes meanwhile.
    private boolean wokenByChange;
    private long wokenNanos;
    private long receivedNanos;

    // Volatile, and set before awake is looked at; the loop looks at it after it has cleared awake. So who sets it and finds
    // the loop awake is in time for the round that is about to begin.
    private volatile boolean owing;

    /**
     * No members yet.
     *
     * @param workspace of the loop
     */
    LoopMembers(EventLoop loop, Workspace workspace, Probe probe) {
        this.loop = loop;
        this.delays = workspace.delays();
        this.round = workspace.round();
        this.probe = probe;
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

    /** The next round is one that the probe waits for. A wake must follow. */
    void oweRound() {
        owing = true;
    }

    /** Brings a flush round, unless one is about to begin anyway. Allocates nothing. */
    void wake() {
        if (rouse()) {
            wokenByChange = false;
            loop.execute(this);
        }
    }

    /** The same for a change that was received at this time: how long it takes is measured from there. */
    void wake(long changeReceivedNanos) {
        if (rouse()) {
            wokenByChange = true;
            wokenNanos = loop.nanoTime();
            receivedNanos = changeReceivedNanos;
            loop.execute(this);
        }
    }

    /** Whether it was asleep, and is not any more. */
    private boolean rouse() {
        return !awake.get() && awake.compareAndSet(false, true);
    }

    @Override
    public void run() {
        boolean ofChange = wokenByChange;
        long woken = wokenNanos;
        round.begin(ofChange, receivedNanos);
        awake.set(false);
        boolean probed = owing;
        try {
            flushAll();
        } finally {
            // In any case, or the probe would wait for ever.
            boolean sent = round.end();
            if (ofChange || probed) {
                measure(ofChange, woken, probed, sent);
            }
        }
    }

    private void flushAll() {
        // From the end, because a session that turns out to be dead removes itself while it is flushed.
        for (int i = subscribers.size() - 1; i >= 0; i--) {
            if (i < subscribers.size()) {
                subscribers.get(i).flush();
            }
        }
    }

    private void measure(boolean ofChange, long woken, boolean probed, boolean sent) {
        long now = loop.nanoTime();
        if (ofChange) {
            delays.flush().record(now - woken);
        }
        if (probed) {
            owing = false; // first: once it has paid, the next may ask it again
            probe.paid(sent, now, delays.toLast());
        }
    }
}
