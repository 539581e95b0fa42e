package io.tapetum.wire.update;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.nlri.Prefixes;

/** One of the four places where an UPDATE has prefixes: which part of the frame, of which family, and how many. */
final class NlriField {

    private final PrefixReader reader = new PrefixReader();

    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private int offset;
    private int octets;
    private boolean withPathId;
    private @Nullable Family family;
    private int count;

    /** No prefixes, no family. */
    void clear() {
        frame = Unpooled.EMPTY_BUFFER;
        offset = 0;
        octets = 0;
        family = null;
        count = 0;
    }

    /** Takes {@code frame[offset, offset + octets)}; false, and cleared, if it is not a sequence of whole prefixes. */
    boolean set(ByteBuf newFrame, int newOffset, int newOctets, Family newFamily, boolean newWithPathId) {
        int prefixes = Prefixes.check(newFrame, newOffset, newOctets, newFamily, newWithPathId);
        if (prefixes < 0) {
            clear();
            return false;
        }
        frame = newFrame;
        offset = newOffset;
        octets = newOctets;
        family = newFamily;
        withPathId = newWithPathId;
        count = prefixes;
        return true;
    }

    @Nullable
    Family family() {
        return family;
    }

    int count() {
        return count;
    }

    /** The one reader of this field, at its first prefix. */
    PrefixReader reader() {
        return reader.reset(frame, offset, octets, family == null ? Family.IPV4_UNICAST : family, withPathId);
    }
}
