package io.tapetum.rib;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.PathAttributes;

/**
 * One way to reach a prefix: what a session announced under one path identifier. Immutable to all outside: what stands
 * in a table is changed in place, under the lock of its stripe, and leaves the table as a copy only.
 */
public sealed class Path permits RouteEntry {

    private RouteSource source;
    private int pathId;
    private PathAttributes attributes;

    /** The next path of the same prefix; of no meaning in a copy. */
    @Nullable
    Path next;

    Path(RouteSource source, int pathId, PathAttributes attributes, @Nullable Path next) {
        this.source = source;
        this.pathId = pathId;
        this.attributes = attributes;
        this.next = next;
    }

    /** The session it was learned on. */
    public final RouteSource source() {
        return source;
    }

    /** The identifier its sender gave it (RFC 7911 §3); 0 from a peer that sends none. */
    public final int pathId() {
        return pathId;
    }

    public final PathAttributes attributes() {
        return attributes;
    }

    final boolean isOf(RouteSource other, int otherPathId) {
        return source.peerId() == other.peerId() && pathId == otherPathId;
    }

    /**
     * Whether neither the decision nor what is reflected would differ with the other one in its place; of the same peer
     * and identifier.
     */
    @SuppressWarnings("ReferenceEquality") // interned attributes are told apart by identity
    final boolean looksLike(Path other) {
        return attributes == other.attributes && source.looksLike(other.source);
    }

    /** The sender announced it again. */
    final void update(RouteSource newSource, PathAttributes newAttributes) {
        source = newSource;
        attributes = newAttributes;
    }

    /** Becomes what the other is, which stays as it is; neither changes its place in a chain. */
    final void assign(Path other) {
        source = other.source;
        pathId = other.pathId;
        attributes = other.attributes;
    }

    /** The two become each other; neither changes its place in a chain. */
    final void swap(Path other) {
        RouteSource ownSource = source;
        int ownPathId = pathId;
        PathAttributes ownAttributes = attributes;
        assign(other);
        other.source = ownSource;
        other.pathId = ownPathId;
        other.attributes = ownAttributes;
    }

    /** What it is at present, for use without the stripe's lock. */
    final Path copy() {
        return new Path(source, pathId, attributes, null);
    }

    @Override
    public final String toString() {
        return "Path[peer " + source.peerId() + " session " + source.session() + ", path id " + pathId + "]";
    }
}
