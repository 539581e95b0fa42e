package io.tapetum.rib;

/**
 * Lists the best path of every prefix, in steps, as changes with their present versions: how a log that did not exist
 * before comes by what was decided before. A log that is offered every change from before the first step on, and the
 * changes of all steps, in any order, misses nothing.
 */
public final class BestWalk extends StripeWalk {

    BestWalk(RibStripe[] stripes) {
        super(stripes);
    }

    @Override
    boolean visit(RibStripe current, int slot, RouteEntry entry, RibChanges changes) {
        changes.add(entry);
        return false;
    }
}
