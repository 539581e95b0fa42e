package io.tapetum.core.reflection;

import io.tapetum.core.delay.LatencyHistogram;

/** A flush round of one event loop, for as long as it lasts; between two it takes no notice. Confined to that loop. */
public final class FlushRound {

    private final LatencyHistogram toEach;
    private boolean running;
    private boolean ofChange;
    private long receivedNanos;
    private boolean anybody;

    FlushRound(LatencyHistogram toEach) {
        this.toEach = toEach;
    }

    /**
     * A round begins.
     *
     * @param ofChange whether a change brought it, rather than the filling of a log
     * @param changeReceivedNanos when that change was received
     */
    void begin(boolean ofChange, long changeReceivedNanos) {
        this.running = true;
        this.ofChange = ofChange;
        this.receivedNanos = changeReceivedNanos;
        this.anybody = false;
    }

    /** The kernel has taken for a session all there was to send, and there was something. */
    public void taken(long nowNanos) {
        if (running) {
            anybody = true;
            if (ofChange) {
                toEach.note(nowNanos - receivedNanos);
            }
        }
    }

    /** The round ends; returns whether anybody was sent anything and has everything now. */
    boolean end() {
        running = false;
        if (anybody) {
            toEach.publish();
        }
        return anybody;
    }
}
