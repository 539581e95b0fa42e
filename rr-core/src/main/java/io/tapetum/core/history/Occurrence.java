package io.tapetum.core.history;

import org.jspecify.annotations.Nullable;

import io.tapetum.rib.RouteSource;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * Something that happened to a prefix.
 *
 * @param atNanos when, by the clock of the event loop where it happened
 * @param source whose path it was
 * @param pathId the identifier that the source gave it (RFC 7911); 0 if it gives none
 * @param attributes of what was announced, or refused; {@code null} if it had none that could be read
 * @param refusal why it may not be used, else {@code null}
 * @param bestChanged whether another path was the best after it, the same one with other attributes, or none
 */
public record Occurrence(long atNanos, Kind kind, RouteSource source, int pathId, @Nullable PathAttributes attributes,
        @Nullable String refusal, boolean bestChanged) {

    /** What it was. */
    public enum Kind {
        ANNOUNCED, REFUSED, WITHDRAWN,
        /** The session that it came from is gone, or may not be used any more. */
        PURGED
    }
}
