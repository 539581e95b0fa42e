package io.tapetum.rib;

import java.util.IdentityHashMap;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.AttributeInterner;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * Begins the long-lived stale time of all paths of a lost session, and of what is left of earlier ones of the peer, in
 * steps (RFC 9494 §4.2): those with NO_LLGR go, the others get LLGR_STALE and are decided anew. Paths that a newer session
 * of the same peer has announced meanwhile stay as they are. Doing it twice changes nothing.
 */
public final class StaleMarking extends StripeWalk {

    private final RouteSource source;
    private final AttributeInterner interner;
    /** Marked attributes by those they were made of: a peer has far fewer attributes than paths. */
    private final IdentityHashMap<PathAttributes, PathAttributes> marked = new IdentityHashMap<>();

    StaleMarking(RibStripe[] stripes, RouteSource source, AttributeInterner interner) {
        super(stripes);
        this.source = source;
        this.interner = interner;
    }

    @Override
    boolean visit(RibStripe current, int slot, RouteEntry entry, RibChanges changes) {
        // Each change may move the paths of the entry: look for the next one from the begin.
        for (Path path = next(entry); path != null; path = next(entry)) {
            if (path.attributes().has(PathAttributes.NO_LLGR)) {
                if (current.remove(slot, entry, path, changes)) {
                    return true;
                }
            } else {
                current.replace(entry, path, marked(path.attributes()), changes);
            }
        }
        return false;
    }

    private @Nullable Path next(Path chain) {
        Path path = chain;
        while (path != null && !(isUpTo(source, path) && isDue(path.attributes()))) {
            path = path.next;
        }
        return path;
    }

    private static boolean isDue(PathAttributes attributes) {
        return attributes.has(PathAttributes.NO_LLGR) || !attributes.has(PathAttributes.LLGR_STALE);
    }

    /** Under the stripe's lock, in which the interner takes its own; whoever holds that one wants no other. */
    private PathAttributes marked(PathAttributes attributes) {
        return marked.computeIfAbsent(attributes, plain -> interner.intern(plain.withLlgrStale()));
    }
}
