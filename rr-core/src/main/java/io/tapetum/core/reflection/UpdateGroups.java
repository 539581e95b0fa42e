package io.tapetum.core.reflection;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.BestWalk;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.log.LogFormat;
import io.tapetum.rib.log.OutboundLog;

/**
 * The update groups of one family. A group exists as long as it has a member.
 *
 * <p>{@link #distribute} is called by any thread without a lock; joining and leaving are rare and take this object's
 * monitor.
 */
public final class UpdateGroups {

    private final AdjRibIn table;
    private final IntSupplier ids;

    // Replaced as a whole under the monitor. A group is visible here before the table is walked for it, so a change is
    // either found by the walk or distributed to the group, or both, which at worst tells the members the same twice.
    private volatile UpdateGroup[] groups = {};

    // Set once, before the first session is ended; whoever still reads false distributes a change that came before.
    private volatile boolean silent;

    /**
     * No groups yet.
     *
     * @param ids a number for each group, no two alike
     */
    public UpdateGroups(AdjRibIn table, IntSupplier ids) {
        this.table = table;
        this.ids = ids;
    }

    /**
     * Passes nothing on any more: the reflector ends, and its sessions one after the other. What each takes with it is not
     * to be withdrawn from those that end a moment later, for their peers keep the routes while the reflector restarts.
     */
    public void silence() {
        silent = true;
    }

    /**
     * Passes a batch of changed paths to every group: received when the workspace says. Allocates nothing but what the logs
     * do.
     */
    public void distribute(RibChanges changes, Workspace workspace) {
        if (changes.isEmpty() || silent) {
            return;
        }
        for (UpdateGroup group : groups) {
            if (group.append(changes, workspace)) {
                group.wake(workspace.receivedNanos());
            }
        }
    }

    /** Every group as it is now. */
    public synchronized List<GroupStatus> status() {
        return Arrays.stream(groups).map(UpdateGroup::status).toList();
    }

    /** How many groups there are. */
    public int size() {
        return groups.length;
    }

    /**
     * Makes a session a member of the group with this key. On the session's loop.
     *
     * @param peerId whose own routes the session must not get
     * @param workspace of that loop
     */
    public Membership join(GroupKey key, EventLoop loop, Subscriber subscriber, int peerId, Workspace workspace) {
        UpdateGroup group;
        boolean created;
        Membership membership;
        synchronized (this) {
            UpdateGroup found = find(key);
            created = found == null;
            group = found == null ? create(key) : found;
            group.add(loop, subscriber, workspace);
            membership = new Membership(this, group, loop, subscriber, group.log().join(peerId));
        }
        if (created) {
            BestWalk walk = key.addPathSend() > 0 ? table.rankedWalk() : table.bestWalk();
            new Seeding(group, walk, loop, workspace).run();
        }
        return membership;
    }

    /** The group with this key, or {@code null} if it has no member. */
    @Nullable
    UpdateGroup find(GroupKey key) {
        for (UpdateGroup group : groups) {
            if (group.key().equals(key)) {
                return group;
            }
        }
        return null;
    }

    private UpdateGroup create(GroupKey key) {
        boolean pathIds = key.addPathSend() > 0;
        if (pathIds && !anybodyWantsAllPaths(groups)) {
            // Before the group can be seen: what changes from now on it is told of, what was there before it walks over.
            table.rankPaths(true);
        }
        LogFormat format = new LogFormat(key.family(), key.multiprotocol(), key.maxMessageLength(), pathIds);
        UpdateGroup group = new UpdateGroup(ids.getAsInt(), key, new EgressRules(key), new OutboundLog(format));
        UpdateGroup[] more = new UpdateGroup[groups.length + 1];
        System.arraycopy(groups, 0, more, 0, groups.length);
        more[groups.length] = group;
        groups = more;
        return group;
    }

    private static boolean anybodyWantsAllPaths(UpdateGroup[] groups) {
        for (UpdateGroup group : groups) {
            if (group.key().addPathSend() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Ends a membership; with the last one the group and its log go. */
    synchronized void leave(UpdateGroup group, EventLoop loop, Subscriber subscriber) {
        group.remove(loop, subscriber);
        if (group.size() > 0) {
            return;
        }
        UpdateGroup[] fewer = new UpdateGroup[groups.length - 1];
        int i = 0;
        for (UpdateGroup other : groups) {
            if (other != group) {
                fewer[i++] = other;
            }
        }
        groups = fewer;
        if (group.key().addPathSend() > 0 && !anybodyWantsAllPaths(fewer)) {
            table.rankPaths(false);
        }
        group.close();
    }
}
