package io.tapetum.rib.log;

import io.netty.buffer.ByteBuf;

import io.tapetum.rib.RouteSource;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;

/** Which paths the sessions of a log are told of, and with which attributes. Called under the lock of the log. */
public interface PathEgress {

    /** Whether they are told of a path from this source with these attributes: of equal ones always the same. */
    boolean admits(RouteSource source, PathAttributes attributes);

    /** The attribute block of a path that is admitted, good until the next call; see {@link OutboundLog#announce}. */
    ByteBuf block(RouteSource source, PathAttributes attributes);

    /** The next hop of a path that is admitted. */
    NextHop nextHop(RouteSource source, PathAttributes attributes);
}
