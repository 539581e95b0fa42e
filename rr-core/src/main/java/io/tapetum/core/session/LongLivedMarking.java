package io.tapetum.core.session;

import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;

/**
 * Makes the paths of a lost session, and of those before it, long-lived stale ones (RFC 9494 §4.2). A new session of the
 * same peer may come up before it is done.
 */
final class LongLivedMarking extends TableWalk {

    LongLivedMarking(RouteSource source, Family family, RoutingTables tables, Workspace workspace, EventLoop loop) {
        super(source, family, tables, workspace, loop, tables.adjRibIn(family).markStale(source, tables.attributes()));
    }
}
