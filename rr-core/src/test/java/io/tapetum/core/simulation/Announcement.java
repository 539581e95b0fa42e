package io.tapetum.core.simulation;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * What a speaker said once about some prefixes. Every announcement carries its number in a large community, so that it
 * is known again wherever it turns up.
 *
 * @param number unique in a run
 * @param speaker who says it
 * @param attributes as the internal speakers must see them, but for ORIGINATOR_ID and CLUSTER_LIST
 * @param prefixes what it is said about
 */
record Announcement(int number, Speaker speaker, PathAttributes attributes, Set<Prefix> prefixes) {

    /** Whether it says something about aggregation. */
    boolean aggregates() {
        return Blocks.has(attributes.block(), AttributeType.AGGREGATOR);
    }

    /** Whether its speaker says itself that it is long-lived stale. */
    boolean isStale() {
        return attributes.has(PathAttributes.LLGR_STALE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Announcement that && number == that.number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return "#" + number + " of " + speaker.name();
    }
}
