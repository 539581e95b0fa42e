package io.tapetum.rib;

/**
 * Takes away all paths of one session, in steps. Paths that a newer session of the same peer has announced meanwhile
 * stay: they are that session's.
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
        for (Path path = pathOf(source, entry); path != null; path = pathOf(source, entry)) {
            removed++;
            if (current.remove(slot, entry, path, changes)) {
                return true;
            }
        }
        return false;
    }
}
