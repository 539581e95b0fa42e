package io.tapetum.core.session;

import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability.GracefulRestart;

/**
 * What is kept of a peer's lost session while the peer restarts and goes on forwarding: the receiving side of RFC 4724
 * §4.2. A path that the peer's next session announces again becomes that session's own, so the stale ones are exactly
 * those whose source is still the lost session. Confined to the peer's event loop.
 */
final class StalePaths {

    /** How long a peer that is back may take to its End-of-RIB; RFC 4724 §4.2 asks for a limit and names none. */
    private static final long END_OF_RIB_LIMIT_SECONDS = 360;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final RoutingTables tables;
    private final Workspace workspace;
    private final EventLoop loop;
    private final Runnable discarded;

    private final Set<Family> families = EnumSet.noneOf(Family.class);
    private @Nullable RouteSource lost;
    private EventLoop.@Nullable Timer timer;

    /**
     * Keeps nothing yet.
     *
     * @param discarded told when a time limit took the last stale path
     */
    StalePaths(RoutingTables tables, Workspace workspace, EventLoop loop, Runnable discarded) {
        this.tables = tables;
        this.workspace = workspace;
        this.loop = loop;
        this.discarded = discarded;
    }

    /** Whether paths of a lost session are kept. */
    boolean any() {
        return lost != null;
    }

    /**
     * A session was lost in a way that RFC 4724 §4.2 takes for the begin of a restart. What was stale before is not kept
     * a second time.
     *
     * @return the families whose paths are kept
     */
    Set<Family> keep(RouteSource session, GracefulRestart agreed) {
        discard();
        for (GracefulRestart.RestartTuple tuple : agreed.tuples()) {
            Family family = Family.of(tuple.afi(), tuple.safi());
            if (family != null && agreed.restartTimeSeconds() > 0) {
                families.add(family);
            }
        }
        if (!families.isEmpty()) {
            lost = session;
            expireIn(agreed.restartTimeSeconds());
        }
        return families;
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
        if (before.bgpIdentifier() != negotiated.peerIdentifier()) {
            discard();
            return;
        }
        Set<Family> forwarding = EnumSet.noneOf(Family.class);
        GracefulRestart offered = negotiated.gracefulRestart();
        if (offered != null) {
            for (GracefulRestart.RestartTuple tuple : offered.tuples()) {
                Family family = Family.of(tuple.afi(), tuple.safi());
                if (family != null && tuple.forwarding() && negotiated.families().contains(family)) {
                    forwarding.add(family);
                }
            }
        }
        for (Family family : Family.values()) {
            if (!forwarding.contains(family)) {
                sweep(family);
            }
        }
        if (lost != null) {
            expireIn(END_OF_RIB_LIMIT_SECONDS);
        }
    }

    /** Takes the paths of a family that the peer has not announced again: it has sent its End-of-RIB, or is not to. */
    void sweep(Family family) {
        RouteSource session = lost;
        if (session == null || !families.remove(family)) {
            return;
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

    private void expireIn(long seconds) {
        cancelTimer();
        timer = loop.schedule(loop.nanoTime() + seconds * NANOS_PER_SECOND, () -> {
            timer = null;
            discard();
            discarded.run();
        });
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
