package io.tapetum.core.session;

import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.Purge;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;

/**
 * Takes a lost session's paths out of a table, a piece at a time, so that the other sessions of the event loop go on
 * meanwhile. A new session of the same peer may come up before it is done.
 */
final class PathPurge implements Runnable {

    /** Entries looked at before other tasks of the loop get their turn: well under a millisecond. */
    private static final int STEP = 8192;

    private final Family family;
    private final RoutingTables tables;
    private final Workspace workspace;
    private final EventLoop loop;
    private final Purge purge;

    PathPurge(RouteSource source, Family family, RoutingTables tables, Workspace workspace, EventLoop loop) {
        this.family = family;
        this.tables = tables;
        this.workspace = workspace;
        this.loop = loop;
        this.purge = tables.adjRibIn(family).purge(source);
    }

    @Override
    public void run() {
        RibChanges changes = workspace.changes();
        boolean finished = purge.step(STEP, changes);
        tables.groups(family).distribute(changes, workspace);
        changes.clear();
        if (!finished) {
            loop.execute(this);
        }
    }
}
