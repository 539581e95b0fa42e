package io.tapetum.rib;

import io.tapetum.wire.attribute.PathAttributes;

/** The entry of a prefix of more than 64 bits. */
final class LongPrefixEntry extends RouteEntry {

    private final long low;

    LongPrefixEntry(long high, long low, int length, RouteSource source, int pathId, PathAttributes attributes) {
        super(high, length, source, pathId, attributes);
        this.low = low;
    }

    @Override
    long low() {
        return low;
    }
}
