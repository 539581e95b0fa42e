package io.tapetum.core.session;

import java.util.concurrent.atomic.AtomicLongArray;

import io.tapetum.wire.Family;

/**
 * What the UPDATEs of one session said, by family. Written on the session's event loop, once per UPDATE and family; read
 * by any thread.
 *
 * <p>There is one writer, so a plain read and a release write lose nothing; nothing is locked and no store has to be
 * waited for, as it would be with a volatile write. Readers acquire: who sees a part of a count sees the whole as well,
 * which was counted before it, and no other memory depends on the numbers.
 */
final class UpdateCounters {

    private static final int ANNOUNCED = 0;
    private static final int REFUSED = 1;
    private static final int REPEATED = 2;
    private static final int WITHDRAWN = 3;
    private static final int UNKNOWN = 4;
    private static final int COUNTERS = 5;

    private final AtomicLongArray counts = new AtomicLongArray(2 * COUNTERS);

    /** This many prefixes were announced, of which some changed nothing. */
    void announced(Family family, int prefixes, int repeated) {
        add(family, ANNOUNCED, prefixes);
        add(family, REPEATED, repeated);
    }

    /** This many prefixes were announced with attributes that may not be used. */
    void refused(Family family, int prefixes) {
        add(family, ANNOUNCED, prefixes);
        add(family, REFUSED, prefixes);
    }

    /** This many prefixes were withdrawn, of which some had not been announced. */
    void withdrawn(Family family, int prefixes, int unknown) {
        add(family, WITHDRAWN, prefixes);
        add(family, UNKNOWN, unknown);
    }

    private void add(Family family, int counter, int prefixes) {
        if (prefixes > 0) {
            int index = first(family) + counter;
            counts.setRelease(index, counts.getPlain(index) + prefixes);
        }
    }

    RouteCounts with(Family family, int imported, int exported) {
        // Parts before their whole, so that what is left of it is never negative.
        long repeated = get(family, REPEATED);
        long refused = get(family, REFUSED);
        long unknown = get(family, UNKNOWN);
        return new RouteCounts(imported, exported, get(family, ANNOUNCED), refused, repeated, get(family, WITHDRAWN),
                unknown);
    }

    private long get(Family family, int counter) {
        return counts.getAcquire(first(family) + counter);
    }

    private static int first(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> 0;
            case IPV6_UNICAST -> COUNTERS;
        };
    }
}
