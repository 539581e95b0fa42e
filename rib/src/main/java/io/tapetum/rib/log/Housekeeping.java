package io.tapetum.rib.log;

/**
 * Decides which segments are compacted, and when: those that are half dead, a few with every append, and all that hold
 * tombstones or shadows once there are too many tombstones. Guarded by the lock of the log.
 */
final class Housekeeping {

    private final LogStore store;
    private final CursorSet cursors;
    private final Compactor compactor;

    private boolean sweeping;
    /** Tombstones that the last sweep had to leave are not worth another one before there are twice as many ... */
    private int sweepFloor;
    /** ... or all cursors are past this segment, which was the tail then. */
    private long sweptUpTo;
    private LogSegment lastTail;
    private long diedBefore;
    private long compactions;

    Housekeeping(LogStore store, CursorSet cursors) {
        this.store = store;
        this.cursors = cursors;
        this.compactor = new Compactor(store, cursors);
        this.lastTail = store.tail();
    }

    /** Segments rewritten since the log exists. */
    long compactions() {
        return compactions;
    }

    /** Called after every append. */
    void tidy() {
        if (sweepFloor > 0 && lastTail != store.tail()) {
            lastTail = store.tail();
            if (cursors.areBeyond(sweptUpTo)) {
                sweepFloor = 0;
            }
        }
        if (!sweeping && store.tombstones() > Math.max(sweepFloor,
                Math.max(store.sizing.minSweepTombstones(), store.announced() / 2))) {
            sweeping = true;
            for (LogSegment segment = store.head(); segment != null; segment = segment.next) {
                if (segment.isSealed() && (segment.tombstones > 0 || segment.shadows > 0)) {
                    store.enqueue(segment);
                }
            }
        }
        // Work in proportion to what has died, but a segment at least: it keeps up, and nobody waits for a whole sweep.
        long budget = store.sizing.maxSegmentOctets() + 4 * (store.died() - diedBefore);
        diedBefore = store.died();
        for (LogSegment segment = store.halfDead.poll(); segment != null; segment = store.halfDead.poll()) {
            segment.queued = false;
            if (!segment.isDetached()) {
                budget -= segment.octets();
                compactions += compactor.compact(segment);
            }
            if (budget <= 0) {
                break;
            }
        }
        if (sweeping && store.halfDead.isEmpty()) {
            sweeping = false;
            store.index.shrinkIfSparse();
            sweepFloor = 2 * store.tombstones();
            sweptUpTo = store.tail().first;
        }
    }
}
