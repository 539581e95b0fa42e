package io.tapetum.core.simulation;

import java.util.Comparator;

import io.tapetum.wire.attribute.PathAttributes;

/**
 * RFC 4271 §9.1.2.2 and RFC 4456 §9 once more, in the simplest words. MED may be compared between any two, see
 * {@link Announcements}.
 */
final class Ladder {

    /**
     * A way to reach a prefix, as somebody sees it.
     *
     * @param external whether it was learned from another AS
     * @param identifier ORIGINATOR_ID, else the BGP Identifier of who said it
     * @param clusters length of CLUSTER_LIST
     * @param stale whether it is long-lived stale (RFC 9494 §4.4)
     */
    record Candidate(Announcement announcement, boolean external, int identifier, int clusters, boolean stale) {}

    static final Comparator<Candidate> BEST_FIRST = Comparator
            .comparingInt((Candidate one) -> one.stale() ? 1 : 0)
            .thenComparingLong(one -> -attributes(one).localPref())
            .thenComparingInt(one -> attributes(one).asPathLength())
            .thenComparingInt(one -> attributes(one).origin())
            .thenComparingLong(one -> attributes(one).med())
            .thenComparingInt(one -> one.external() ? 0 : 1)
            .thenComparing(Candidate::identifier, Integer::compareUnsigned)
            .thenComparingInt(Candidate::clusters);

    private Ladder() {}

    private static PathAttributes attributes(Candidate candidate) {
        return candidate.announcement().attributes();
    }
}
