package io.tapetum.core.session;

import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;

/**
 * Takes the paths of a lost session, and what is left of those before it, out of a table. A new session of the same peer
 * may come up before it is done.
 */
final class PathPurge extends TableWalk {

    PathPurge(RouteSource source, Family family, RoutingTables tables, Workspace workspace, EventLoop loop) {
        super(source, family, tables, workspace, loop, tables.adjRibIn(family).purge(source));
    }
}
