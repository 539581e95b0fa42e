package io.tapetum.core.session;

import java.util.ArrayList;
import java.util.List;

import io.tapetum.core.history.FollowedPrefix;
import io.tapetum.core.history.Occurrence;
import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.Path;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.rib.StripeWalk;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/**
 * Goes through a table and tells the update groups of every change, a piece at a time, so that the other sessions of the
 * event loop go on meanwhile.
 */
abstract class TableWalk implements Runnable {

    /** Entries looked at before other tasks of the loop get their turn: well under a millisecond. */
    private static final int STEP = 8192;

    private final RouteSource source;
    private final Family family;
    private final RoutingTables tables;
    private final Workspace workspace;
    private final EventLoop loop;
    private final StripeWalk walk;

    TableWalk(RouteSource source, Family family, RoutingTables tables, Workspace workspace, EventLoop loop,
            StripeWalk walk) {
        this.source = source;
        this.family = family;
        this.tables = tables;
        this.workspace = workspace;
        this.loop = loop;
        this.walk = walk;
    }

    @Override
    public final void run() {
        workspace.received(loop.nanoTime());
        RibChanges changes = workspace.changes();
        List<Prefix> followed = followedPaths();
        boolean finished = walk.step(STEP, changes);
        for (Prefix prefix : followed) {
            recordIfGone(prefix, changes);
        }
        tables.groups(family).distribute(changes, workspace);
        changes.clear();
        if (!finished) {
            loop.execute(this);
        }
    }

    /** The prefixes that somebody follows and of which there are paths that the walk is about: mostly none is followed. */
    private List<Prefix> followedPaths() {
        List<Prefix> prefixes = new ArrayList<>();
        for (FollowedPrefix followed : tables.followed().active()) {
            Prefix prefix = followed.prefix();
            if (prefix.family() == family && hasPath(prefix)) {
                prefixes.add(prefix);
            }
        }
        return prefixes;
    }

    private boolean hasPath(Prefix prefix) {
        return tables.adjRibIn(family).paths(prefix.high(), prefix.low(), prefix.length()).stream()
                .map(Path::source).anyMatch(from -> from.peerId() == source.peerId()
                        && from.session() - source.session() <= 0);
    }

    private void recordIfGone(Prefix prefix, RibChanges changes) {
        if (hasPath(prefix)) {
            return;
        }
        boolean bestChanged = false;
        for (int i = 0; i < changes.size(); i++) {
            bestChanged |= changes.high(i) == prefix.high() && changes.low(i) == prefix.low()
                    && changes.length(i) == prefix.length();
        }
        for (FollowedPrefix followed : tables.followed().active()) {
            if (followed.prefix().equals(prefix)) {
                followed.record(new Occurrence(loop.nanoTime(), Occurrence.Kind.PURGED, source, 0, null, null,
                        bestChanged));
            }
        }
    }
}
