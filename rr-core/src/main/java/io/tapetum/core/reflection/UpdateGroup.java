package io.tapetum.core.reflection;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.rib.log.OutboundLog;
import io.tapetum.rib.log.PathTeller;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * The sessions that receive the same octets, and their outbound log. Any thread may append; membership changes under
 * the lock of {@link UpdateGroups}.
 */
final class UpdateGroup {

    private final int id;
    private final GroupKey key;
    private final EgressRules rules;
    private final OutboundLog log;
    /** Of a group that is told of several paths of a prefix. */
    private final @Nullable PathTeller teller;
    private final Probe probe = new Probe();

    // Replaced as a whole under the lock of UpdateGroups: an appender sees either the old or the new array, and a loop
    // that is not in it yet has a member that has not read the log yet.
    private volatile LoopMembers[] members = {};

    // Set once, after the table as it stood at creation is in the log: only then is the tail a point where a member has
    // everything.
    private volatile boolean seeded;

    // Set once, under the lock of UpdateGroups; a seeding that sees it late only walks a little further for nobody.
    private volatile boolean closed;

    private int size;

    UpdateGroup(int id, GroupKey key, EgressRules rules, OutboundLog log) {
        this.id = id;
        this.key = key;
        this.rules = rules;
        this.log = log;
        this.teller = key.addPathSend() > 0 ? new PathTeller(log, key.addPathSend()) : null;
    }

    int id() {
        return id;
    }

    GroupKey key() {
        return key;
    }

    OutboundLog log() {
        return log;
    }

    boolean isSeeded() {
        return seeded;
    }

    void seeded() {
        seeded = true;
        wake();
    }

    /** Lets go of the log: the last member has left. Callable under the lock of {@link UpdateGroups}. */
    void close() {
        closed = true;
        log.close();
    }

    boolean isClosed() {
        return closed;
    }

    int size() {
        return size;
    }

    /** How the group is doing. Callable under the lock of {@link UpdateGroups}, which guards the number of members. */
    GroupStatus status() {
        return new GroupStatus(id, key, size, seeded, log.statistics());
    }

    /**
     * Adds a member. Callable under the lock of {@link UpdateGroups}, on the subscriber's loop.
     *
     * @param workspace of that loop
     */
    void add(EventLoop loop, Subscriber subscriber, Workspace workspace) {
        LoopMembers own = membersOf(loop);
        if (own == null) {
            own = new LoopMembers(loop, workspace, probe);
            LoopMembers[] more = new LoopMembers[members.length + 1];
            System.arraycopy(members, 0, more, 0, members.length);
            more[members.length] = own;
            members = more;
        }
        own.add(subscriber);
        size++;
    }

    /** Removes a member. Callable under the lock of {@link UpdateGroups}, on the subscriber's loop. */
    void remove(EventLoop loop, Subscriber subscriber) {
        LoopMembers own = membersOf(loop);
        if (own != null) {
            own.remove(subscriber);
        }
        size--;
    }

    @SuppressWarnings("ReferenceEquality") // there is one object for each loop
    private @Nullable LoopMembers membersOf(EventLoop loop) {
        for (LoopMembers candidate : members) {
            if (candidate.loop() == loop) {
                return candidate;
            }
        }
        return null;
    }

    /**
     * Takes a batch of changed paths to the log. Of best paths run by run of equal attributes and source: usually all
     * prefixes of one UPDATE at once; allocates nothing but the log's segments then. Wakes nobody.
     *
     * @return whether there may be something to send by now
     */
    boolean append(RibChanges changes, Workspace workspace) {
        if (teller == null) {
            return appendBest(changes, workspace);
        }
        return changes.paths().size() > 0 && teller.tell(changes.paths(), new EgressPaths(rules, workspace));
    }

    private boolean appendBest(RibChanges changes, Workspace workspace) {
        int size = changes.size();
        boolean appended = false;
        int from = 0;
        while (from < size) {
            RouteSource source = changes.source(from);
            PathAttributes attributes = changes.attributes(from);
            int to = from + 1;
            if (source != null && attributes != null && rules.admits(source, attributes)) {
                while (to < size && sharesMessage(source, attributes, changes, to)) {
                    to++;
                }
                ByteBuf block = workspace.attributeBlock();
                NextHop nextHop = rules.write(source, attributes, workspace.editor(), block);
                log.announce(block, nextHop, source.peerId(), changes, from, to);
                // Even if it announced nothing: what no message can hold is withdrawn in the place of its old attributes.
                appended = true;
            } else {
                while (to < size && isWithdrawn(changes.source(to), changes.attributes(to))) {
                    to++;
                }
                appended |= log.withdraw(changes, from, to) > 0;
            }
            from = to;
        }
        return appended;
    }

    @SuppressWarnings("ReferenceEquality") // interned attributes and sources are told apart by identity
    private static boolean sharesMessage(RouteSource source, PathAttributes attributes, RibChanges changes, int i) {
        return changes.attributes(i) == attributes && changes.source(i) == source;
    }

    private boolean isWithdrawn(@Nullable RouteSource source, @Nullable PathAttributes attributes) {
        return source == null || attributes == null || !rules.admits(source, attributes);
    }

    /** Lets what was appended be sent: a part of the table as it stood when the group was made. */
    void wake() {
        for (LoopMembers loopMembers : members) {
            loopMembers.wake();
        }
    }

    /**
     * Lets a change be sent that was appended. Allocates nothing.
     *
     * @param receivedNanos when it was received, from which its delay counts
     */
    void wake(long receivedNanos) {
        if (!seeded) {
            wake(); // what is on its way with the table takes as long as that
            return;
        }
        LoopMembers[] all = members;
        boolean probed = all.length > 0 && probe.begin(all.length, receivedNanos);
        for (LoopMembers loopMembers : all) {
            if (probed) {
                loopMembers.oweRound();
            }
            loopMembers.wake(receivedNanos);
        }
    }
}
