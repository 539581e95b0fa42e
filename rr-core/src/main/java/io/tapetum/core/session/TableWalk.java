package io.tapetum.core.session;

import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.StripeWalk;
import io.tapetum.wire.Family;

/**
 * Goes through a table and tells the update groups of every change, a piece at a time, so that the other sessions of the
 * event loop go on meanwhile.
 */
abstract class TableWalk implements Runnable {

    /** Entries looked at before other tasks of the loop get their turn: well under a millisecond. */
    private static final int STEP = 8192;

    private final Family family;
    private final RoutingTables tables;
    private final Workspace workspace;
    private final EventLoop loop;
    private final StripeWalk walk;

    TableWalk(Family family, RoutingTables tables, Workspace workspace, EventLoop loop, StripeWalk walk) {
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
        boolean finished = walk.step(STEP, changes);
        tables.groups(family).distribute(changes, workspace);
        changes.clear();
        if (!finished) {
            loop.execute(this);
        }
    }
}
