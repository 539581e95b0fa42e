package io.tapetum.rib;

/**
 * Lists the best path of every prefix, or all its paths, in steps, as changes with their present versions: how a log that did not exist
 * before comes by what was decided before. A log that is offered every change from before the first step on, and the
 * changes of all steps, in any order, misses nothing.
 */
public final class BestWalk extends StripeWalk {

    private final boolean ranked;

    BestWalk(RibStripe[] stripes, boolean ranked) {
        super(stripes);
        this.ranked = ranked;
    }

    @Override
    boolean visit(RibStripe current, int slot, RouteEntry entry, RibChanges changes) {
        if (ranked) {
            current.list(entry, changes);
        } else {
            changes.add(entry);
        }
        return false;
    }
}
