package io.tapetum.core.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds back End-of-RIB after the start of the reflector, until the routes of its peers are back: a peer with graceful
 * restart has kept the routes it had from us, and drops at our End-of-RIB whatever we have not announced again (RFC 4724
 * §4.1, §4.2). Routes are passed on meanwhile as ever.
 *
 * <p>It is over when every peer that was given one by one has sent its own End-of-RIBs, unless others may come from
 * dynamic ranges, of whom nobody knows how many to expect; and in any case when its time is up.
 *
 * <p>Thread-safe: peers on all event loops report here.
 */
public final class RestartDeferral {

    /** Peers whose routes are waited for. Guarded by this object's monitor. */
    private final Set<Integer> expected = new HashSet<>();
    private final boolean othersMayCome;

    /** Run when it is over. Guarded by this object's monitor. */
    private final List<Runnable> waiting = new ArrayList<>();

    // Volatile: asked in every flush, without the monitor. It turns true once; who sees it late asks again soon, because
    // everybody who waits is woken after it turned.
    private volatile boolean over;

    /**
     * A deferral that has begun.
     *
     * @param othersMayCome whether peers may come that are not expected
     */
    public RestartDeferral(boolean othersMayCome) {
        this.othersMayCome = othersMayCome;
    }

    /** Whether End-of-RIB is held back, and OPENs say that we restart. */
    public boolean holds() {
        return !over;
    }

    /** How many peers' routes are waited for; 0 once it is over. */
    public synchronized int waitingFor() {
        return over ? 0 : expected.size();
    }

    /** A peer was started whose routes are worth waiting for. */
    public synchronized void expect(int peerId) {
        expected.add(peerId);
    }

    /** The peer has sent all it has, or need not be waited for. */
    public void completed(int peerId) {
        boolean last;
        synchronized (this) {
            last = expected.remove(peerId) && expected.isEmpty() && !othersMayCome;
        }
        if (last) {
            end();
        }
    }

    /** Its time is up. */
    public void end() {
        List<Runnable> woken;
        synchronized (this) {
            over = true;
            woken = List.copyOf(waiting);
            waiting.clear();
        }
        woken.forEach(Runnable::run);
    }

    /** Runs a task when it is over; at once if it is. */
    public void whenOver(Runnable task) {
        synchronized (this) {
            if (!over) {
                waiting.add(task);
                return;
            }
        }
        task.run();
    }
}
