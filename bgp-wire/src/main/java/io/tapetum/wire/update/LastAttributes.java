package io.tapetum.wire.update;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.PathAttributes;

/**
 * The attribute octets of the last UPDATE that had nothing wrong, and what they came to. Peers send runs of UPDATEs with
 * equal attributes; for those nothing is checked, allocated or interned again.
 *
 * <p>Octets of MP_REACH_NLRI and MP_UNREACH_NLRI are left out: they differ from message to message. The pieces before,
 * between and after them are put together, so it does not matter where they stand.
 */
final class LastAttributes {

    private byte[] octets = new byte[128];
    private int length;

    private byte[] lastOctets = new byte[128];
    private int lastLength = -1;

    private @Nullable PathAttributes classic;
    private @Nullable PathAttributes multiprotocol;

    /** Starts the octets of a new message. */
    void start() {
        length = 0;
    }

    void append(byte[] message, int offset, int count) {
        if (octets.length - length < count) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + count));
        }
        System.arraycopy(message, offset, octets, length, count);
        length += count;
    }

    /** The octets of this message; only the first {@link #length} count. */
    byte[] octets() {
        return octets;
    }

    int length() {
        return length;
    }

    /** Whether this message has the octets of the remembered one. */
    boolean isRepeated() {
        return Arrays.equals(octets, 0, length, lastOctets, 0, Math.max(lastLength, 0)) && lastLength >= 0;
    }

    /** Attributes of the message's own NLRI field, {@code null} if it had none or none could be made. */
    @Nullable
    PathAttributes classic() {
        return classic;
    }

    /** Attributes of the NLRI of MP_REACH_NLRI, {@code null} if it had none or none could be made. */
    @Nullable
    PathAttributes multiprotocol() {
        return multiprotocol;
    }

    /** Remembers this message. */
    void remember(@Nullable PathAttributes newClassic, @Nullable PathAttributes newMultiprotocol) {
        byte[] swap = lastOctets;
        lastOctets = octets;
        lastLength = length;
        octets = swap;
        classic = newClassic;
        multiprotocol = newMultiprotocol;
    }

    /** Keeps the octets remembered, with these attributes for {@link #multiprotocol}. */
    void replaceMultiprotocol(PathAttributes attributes) {
        multiprotocol = attributes;
    }
}
