package io.tapetum.core.reflection;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.rib.Path;
import io.tapetum.rib.log.PathTeller;
import io.tapetum.rib.log.PathTeller.ToldPath;
import io.tapetum.wire.attribute.AttributeEditor;
import io.tapetum.wire.attribute.NextHop;

/** What an update group is told of, and why, for those who ask. Any thread may; nothing here is on the way of an UPDATE. */
public final class GroupInsight {

    private final UpdateGroup group;

    GroupInsight(UpdateGroup group) {
        this.group = group;
    }

    public GroupKey key() {
        return group.key();
    }

    /** Whether the group's log holds the whole table. */
    public boolean isComplete() {
        return group.isSeeded();
    }

    /** Of how many paths of a prefix the group is told. */
    public int paths() {
        return Math.max(1, group.key().addPathSend());
    }

    /** Whether the group may be told of a path, or which rule forbids it. */
    public EgressVerdict verdict(Path path) {
        return group.rules().verdict(path.source(), path.attributes());
    }

    public boolean admits(Path path) {
        return verdict(path) == EgressVerdict.ADMITTED;
    }

    /** Whether a message can hold a prefix of this length with the attributes that this path, admitted, is sent with. */
    public boolean fits(Path path, int length) {
        ByteBuf block = Unpooled.buffer();
        NextHop nextHop = group.rules().write(path.source(), path.attributes(), new AttributeEditor(), block);
        return group.log().hasRoom(block, nextHop, length);
    }

    /** Whether the group's log announces a prefix, with this path identifier. */
    public boolean announces(long high, long low, int length, int pathId) {
        return group.log().announces(high, low, length, pathId);
    }

    /** The paths of a prefix that the group's log tells of, with their identifiers; for groups of several paths. */
    public List<ToldPath> told(long high, long low, int length) {
        PathTeller teller = group.teller();
        return teller == null ? List.of() : teller.told(high, low, length);
    }
}
