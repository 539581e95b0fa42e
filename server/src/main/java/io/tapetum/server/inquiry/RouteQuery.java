package io.tapetum.server.inquiry;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/**
 * Which routes are asked for.
 *
 * @param family of the prefix, if there is one
 * @param match how prefixes compare with {@code prefix}
 * @param prefix {@code null} exactly for {@link Match#ALL}
 * @param view whose routes
 * @param peer by name or address; {@code null} exactly for {@link View#TABLE}
 * @param limit how many prefixes at most, 1 to {@link #MAX_LIMIT}
 * @param after the {@link RoutePage#next} of the page before, or {@code null} for the first
 */
public record RouteQuery(Family family, Match match, @Nullable Prefix prefix, View view, @Nullable String peer,
        int limit,
        @Nullable String after) {

    /** More would keep too much in memory at a time. */
    public static final int MAX_LIMIT = 10_000;

    /** How prefixes compare with the one that is asked for. */
    public enum Match {
        ALL, EXACT,
        /** The longest that contains it. */
        LONGEST,
        /** It, and what it contains. */
        WITHIN
    }

    /** Whose routes. */
    public enum View {
        /** Everybody's, with all their paths. */
        TABLE,
        /** Those that a peer has announced and that may be used, with its paths. */
        RECEIVED,
        /** Those of which a peer's path is the best, with that path. */
        BEST,
        /** Those that a peer is sent, with the paths that it is sent. */
        ADVERTISED
    }

    public RouteQuery {
        if ((prefix == null) != (match == Match.ALL) || (peer == null) != (view == View.TABLE)) {
            throw new IllegalArgumentException("a prefix goes with a match, and a peer with its view");
        }
        if (prefix != null && prefix.family() != family) {
            throw new IllegalArgumentException("the prefix is of another family");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is " + limit + ", must be 1 to " + MAX_LIMIT);
        }
    }
}
