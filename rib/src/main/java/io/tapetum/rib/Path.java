package io.tapetum.rib;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.PathAttributes;

/** One way to reach a prefix: what a session announced under one path identifier. Immutable to all outside. */
public final class Path {

    private final RouteSource source;
    private final int pathId;
    private final PathAttributes attributes;

    /** The next path of the same prefix; guarded by the lock of the stripe, and of no meaning outside of it. */
    @Nullable
    Path next;

    Path(RouteSource source, int pathId, PathAttributes attributes, @Nullable Path next) {
        this.source = source;
        this.pathId = pathId;
        this.attributes = attributes;
        this.next = next;
    }

    /** The session it was learned on. */
    public RouteSource source() {
        return source;
    }

    /** The identifier its sender gave it (RFC 7911 §3); 0 from a peer that sends none. */
    public int pathId() {
        return pathId;
    }

    public PathAttributes attributes() {
        return attributes;
    }

    boolean isOf(RouteSource other, int otherPathId) {
        return source.peerId() == other.peerId() && pathId == otherPathId;
    }

    @Override
    public String toString() {
        return "Path[peer " + source.peerId() + " session " + source.session() + ", path id " + pathId + "]";
    }
}
