package io.tapetum.core.session;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.fsm.DownReason;
import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;

/**
 * What is kept of a peer's lost session while the peer restarts and goes on forwarding: the receiving side of RFC 4724
 * §4.2 and RFC 9494 §4.2. A path that the peer's next session announces again becomes that session's own, so the stale
 * ones are exactly those of the lost session and of those before it. Confined to the peer's event loop, but for what is held.
 */
/*
 * Each family goes its own way: first it waits for the restart time, then, if the peer asked for that, its paths are
 * long-lived stale for the stale time. A peer that comes back leaves a family where it is until its End-of-RIB.
 *
 * When the session is lost again before that, the two differ. Paths that wait for the restart time are not kept a second
 * time (RFC 4724 §4.2). Long-lived stale ones are, but for no longer than the time that is running (RFC 9494 §4.2: it is
 * neither cut short nor begun anew before the peer has synchronized a new session); what the short session announced has
 * not been confirmed by an End-of-RIB either, so it joins them at once.
 */
final class StalePaths {

    /** How long a peer that is back may take to its End-of-RIB; RFC 4724 §4.2 asks for a limit and names none. */
    private static final long END_OF_RIB_LIMIT_SECONDS = 360;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final RoutingTables tables;
    private final Workspace workspace;
    private final EventLoop loop;
    private final Runnable discarded;
    private final PathCounts accepted;

    /** Changed on the loop only, and concurrent so that others may look at it; in the order of the families. */
    private final Map<Family, StaleFamily> families = new ConcurrentSkipListMap<>();
    private @Nullable RouteSource lost;
    /** Ends the restart time of all families, or the wait for their End-of-RIBs. */
    private EventLoop.@Nullable Timer timer;

    /** A family of which stale paths are kept. What changes and is shown is volatile, each value by itself. */
    private static final class StaleFamily {
        /** How long its paths may be long-lived stale; 0 if they may not. */
        final int staleSeconds;
        final long sinceNanos;
        /** How many there were when the session was lost. */
        volatile int paths;
        volatile boolean longLived;
        /** Ends the long-lived stale time. */
        EventLoop.@Nullable Timer timer;

        StaleFamily(int staleSeconds, int paths, long sinceNanos) {
            this.staleSeconds = staleSeconds;
            this.paths = paths;
            this.sinceNanos = sinceNanos;
        }

        HeldPaths held(long nowNanos) {
            return new HeldPaths(longLived, paths, Duration.ofNanos(nowNanos - sinceNanos));
        }
    }

    /**
     * Keeps nothing yet.
     *
     * @param accepted counts the paths of the session at present
     * @param discarded told when a time limit took the last stale path
     */
    StalePaths(RoutingTables tables, Workspace workspace, EventLoop loop, PathCounts accepted,
            Runnable discarded) {
        this.tables = tables;
        this.workspace = workspace;
        this.loop = loop;
        this.accepted = accepted;
        this.discarded = discarded;
    }

    /** Whether paths of a lost session are kept. */
    boolean any() {
        return !families.isEmpty();
    }

    /** What is kept now. Callable by any thread. */
    Map<Family, HeldPaths> held(long nowNanos) {
        if (families.isEmpty()) {
            return Map.of();
        }
        Map<Family, HeldPaths> held = new EnumMap<>(Family.class);
        families.forEach((family, stale) -> held.put(family, stale.held(nowNanos)));
        return held;
    }

    /** What is kept now of a family, or {@code null} if nothing is. Callable by any thread. */
    @Nullable
    HeldPaths held(Family family, long nowNanos) {
        StaleFamily stale = families.get(family);
        return stale == null ? null : stale.held(nowNanos);
    }

    /**
     * A session was lost. What of it and of those before it may not be kept goes.
     *
     * @return the families whose paths are kept
     */
    Set<Family> keep(RouteSource session, Negotiated agreed, DownReason reason) {
        cancelTimer();
        int restartSeconds = 0;
        for (Family family : Family.values()) {
            RestartTerms terms = RestartTerms.of(agreed, family);
            boolean keeps = terms.keepsAfter(reason);
            StaleFamily before = families.get(family);
            if (before != null && !(keeps && before.longLived)) {
                sweep(family);
            }
            StaleFamily kept = families.get(family);
            if (kept != null) {
                // How many of each session's were the same is not known.
                kept.paths = Math.max(kept.paths, accepted.of(family));
            } else if (keeps) {
                families.put(family,
                        new StaleFamily(terms.staleSeconds(), accepted.of(family), loop.nanoTime()));
                restartSeconds = Math.max(restartSeconds, terms.restartSeconds());
            }
        }
        lost = families.isEmpty() ? null : session;
        for (Map.Entry<Family, StaleFamily> entry : families.entrySet()) {
            if (entry.getValue().longLived) {
                new LongLivedMarking(session, entry.getKey(), tables, workspace, loop).run();
            } else if (RestartTerms.of(agreed, entry.getKey()).restartSeconds() == 0) {
                // RFC 9494 §4.2: without a restart time, the long-lived stale time begins at once.
                beginLongLived(session, entry.getKey(), entry.getValue());
            }
        }
        if (restartSeconds > 0) {
            expireIn(restartSeconds, this::restartTimeIsOver);
        }
        return families.isEmpty() ? Set.of() : EnumSet.copyOf(families.keySet());
    }

    private void restartTimeIsOver() {
        RouteSource session = lost;
        for (Family family : Family.values()) {
            StaleFamily stale = families.get(family);
            if (stale == null || stale.longLived) {
                continue;
            }
            if (session != null && stale.staleSeconds > 0) {
                beginLongLived(session, family, stale);
            } else {
                sweep(family);
            }
        }
        tellIfDiscarded();
    }

    private void beginLongLived(RouteSource session, Family family, StaleFamily stale) {
        stale.longLived = true;
        stale.timer = schedule(stale.staleSeconds, () -> {
            stale.timer = null;
            sweep(family);
            tellIfDiscarded();
        });
        new LongLivedMarking(session, family, tables, workspace, loop).run();
    }

    /**
     * The peer is back. It must be the same speaker and have kept its forwarding state, or what is stale goes at once: an
     * address may have been given to another node meanwhile.
     */
    void sessionBegan(Negotiated negotiated) {
        RouteSource before = lost;
        if (before == null) {
            return;
        }
        cancelTimer();
        boolean sameSpeaker = before.bgpIdentifier() == negotiated.peerIdentifier();
        for (Family family : Family.values()) {
            StaleFamily stale = families.get(family);
            if (stale != null && !(sameSpeaker && RestartTerms.of(negotiated, family).forwards(stale.longLived))) {
                sweep(family);
            }
        }
        if (any()) {
            expireIn(END_OF_RIB_LIMIT_SECONDS, () -> {
                discard();
                discarded.run();
            });
        }
    }

    /** Takes the paths of a family that the peer has not announced again: it has sent its End-of-RIB, or is not to. */
    void sweep(Family family) {
        RouteSource session = lost;
        StaleFamily stale = families.remove(family);
        if (session == null || stale == null) {
            return;
        }
        if (stale.timer != null) {
            stale.timer.cancel();
        }
        if (families.isEmpty()) {
            lost = null;
            cancelTimer();
        }
        new PathPurge(session, family, tables, workspace, loop).run();
    }

    /** Takes all of them. */
    void discard() {
        for (Family family : Family.values()) {
            sweep(family);
        }
    }

    private void tellIfDiscarded() {
        if (!any()) {
            discarded.run();
        }
    }

    private void expireIn(long seconds, Runnable expired) {
        cancelTimer();
        timer = schedule(seconds, () -> {
            timer = null;
            expired.run();
        });
    }

    private EventLoop.Timer schedule(long seconds, Runnable due) {
        return loop.schedule(loop.nanoTime() + seconds * NANOS_PER_SECOND, due);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
