package io.tapetum.core.reflection;

import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.BestWalk;
import io.tapetum.rib.RibChanges;

/**
 * Brings the table as it stands into the log of a new group, a piece at a time, so that the sessions of the event loop
 * that pays for it go on meanwhile. Goes on when the member that made the group has left and others have come.
 */
final class Seeding implements Runnable {

    /** Prefixes looked at before other tasks of the loop get their turn: a few milliseconds. */
    private static final int STEP = 8192;

    private final UpdateGroup group;
    private final BestWalk walk;
    private final EventLoop loop;
    private final Workspace workspace;

    /**
     * A walk that has not begun.
     *
     * @param workspace of that loop
     */
    Seeding(UpdateGroup group, BestWalk walk, EventLoop loop, Workspace workspace) {
        this.group = group;
        this.walk = walk;
        this.loop = loop;
        this.workspace = workspace;
    }

    @Override
    public void run() {
        if (group.isClosed()) {
            return;
        }
        RibChanges changes = workspace.changes();
        boolean finished = walk.step(STEP, changes);
        if (group.append(changes, workspace)) {
            group.wake();
        }
        changes.clear();
        if (finished) {
            group.seeded();
        } else {
            loop.execute(this);
        }
    }
}
