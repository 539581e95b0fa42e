package io.tapetum.core.reflection;

import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.log.LogCursor;

/** A session's place in an update group: its cursor into the group's log. Used on the session's loop but where it says otherwise. */
public final class Membership {

    private final UpdateGroups groups;
    private final UpdateGroup group;
    private final EventLoop loop;
    private final Subscriber subscriber;
    private final LogCursor cursor;

    Membership(UpdateGroups groups, UpdateGroup group, EventLoop loop, Subscriber subscriber, LogCursor cursor) {
        this.groups = groups;
        this.group = group;
        this.loop = loop;
        this.subscriber = subscriber;
        this.cursor = cursor;
    }

    /** The number of the group. Callable by any thread. */
    public int groupId() {
        return group.id();
    }

    /** Used on the session's loop, but for {@link LogCursor#lagOctets}. */
    public LogCursor cursor() {
        return cursor;
    }

    /** Whether the log holds the whole table, so that a cursor at its tail has seen everything there is. */
    public boolean isComplete() {
        return group.isSeeded();
    }

    /** How many prefixes the group announces at present. Callable by any thread, also when the group was left. */
    public int announced() {
        return group.log().announced();
    }

    /** What the group is told of, and why. Callable by any thread, also when the group was left. */
    public GroupInsight insight() {
        return new GroupInsight(group);
    }

    /** Leaves the group. */
    public void leave() {
        cursor.close();
        groups.leave(group, loop, subscriber);
    }
}
