package io.tapetum.core.reflection;

import io.netty.buffer.ByteBuf;

import io.tapetum.rib.RouteSource;
import io.tapetum.rib.log.PathEgress;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;

/** A group's rules, with what the event loop that applies them has for it. */
record EgressPaths(EgressRules rules, Workspace workspace) implements PathEgress {

    @Override
    public boolean admits(RouteSource source, PathAttributes attributes) {
        return rules.admits(source, attributes);
    }

    @Override
    public ByteBuf block(RouteSource source, PathAttributes attributes) {
        ByteBuf block = workspace.attributeBlock();
        rules.write(source, attributes, workspace.editor(), block);
        return block;
    }

    @Override
    public NextHop nextHop(RouteSource source, PathAttributes attributes) {
        NextHop nextHop = rules.nextHop(source, attributes);
        if (nextHop == null) {
            throw new IllegalArgumentException("the path is not admitted");
        }
        return nextHop;
    }
}
