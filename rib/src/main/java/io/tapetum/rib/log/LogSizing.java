package io.tapetum.rib.log;

/**
 * How much a log lets accumulate before it tidies up.
 *
 * @param minSegmentOctets capacity of the first segments of a small log
 * @param maxSegmentOctets capacity of the segments of a large one; a message longer than that gets a segment of its own.
 *            Rewriting a segment holds the lock of the log for as long as looking up some ten thousand prefixes takes
 * @param minSweepTombstones how many tombstones are always tolerated
 */
record LogSizing(int minSegmentOctets, int maxSegmentOctets, int minSweepTombstones) {

    static final LogSizing DEFAULT = new LogSizing(4 << 10, 256 << 10, 1024);

    LogSizing {
        if (minSegmentOctets < 1 || maxSegmentOctets < minSegmentOctets || maxSegmentOctets > 16 << 20) {
            throw new IllegalArgumentException(
                    "segments of " + minSegmentOctets + " to " + maxSegmentOctets + " octets");
        }
    }
}
