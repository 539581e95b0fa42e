package io.tapetum.wire.update;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.nlri.Prefixes;

/** One of the four places where an UPDATE has prefixes: which part of the message, of which family, and how many. */
final class NlriField {

    private static final byte[] NOTHING = {};

    private final PrefixReader reader = new PrefixReader();

    private byte[] message = NOTHING;
    private int offset;
    private int octets;
    private boolean withPathId;
    private @Nullable Family family;
    private int count;

    /** No prefixes, no family. */
    void clear() {
        message = NOTHING;
        offset = 0;
        octets = 0;
        family = null;
        count = 0;
    }

    /** Takes {@code message[offset, offset + octets)}; false, and cleared, if it is not a sequence of whole prefixes. */
    boolean set(byte[] newMessage, int newOffset, int newOctets, Family newFamily, boolean newWithPathId) {
        int prefixes = Prefixes.check(newMessage, newOffset, newOctets, newFamily, newWithPathId);
        if (prefixes < 0) {
            clear();
            return false;
        }
        message = newMessage;
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
        return reader.reset(message, offset, octets, withPathId);
    }
}
