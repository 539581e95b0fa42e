package io.tapetum.rib;

import org.jspecify.annotations.Nullable;

/**
 * Takes away all paths of one session, and what is left of earlier ones of the peer, in steps. Paths that a newer session
 * of the same peer has announced meanwhile stay: they are that session's.
 */
public final class Purge extends StripeWalk {

    private final RouteSource source;
    private long removed;

    Purge(RibStripe[] stripes, RouteSource source) {
        super(stripes);
        this.source = source;
    }

    /** Paths removed so far. */
    public long removed() {
        return removed;
    }

    @Override
    boolean visit(RibStripe current, int slot, RouteEntry entry, RibChanges changes) {
        for (Path path = next(entry); path != null; path = next(entry)) {
            removed++;
            if (current.remove(slot, entry, path, changes)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Path next(Path chain) {
        Path path = chain;
        while (path != null && !isUpTo(source, path)) {
            path = path.next;
        }
        return path;
    }
}
