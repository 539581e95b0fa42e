package io.tapetum.server.keys;

import java.security.MessageDigest;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A TCP-MD5 key. Two are equal if their octets are. Its text says nothing about it, and no copy of its octets leaves it but
 * into a place that the caller wipes. Immutable until it is wiped; callable by any thread.
 */
public final class TcpKey {

    /** What Linux takes at most: {@code TCP_MD5SIG_MAXKEYLEN} of {@code <linux/tcp.h>}. */
    public static final int MAX_OCTETS = 80;

    private final byte[] octets;

    private TcpKey(byte[] octets) {
        this.octets = octets;
    }

    /**
     * A key with a copy of these octets.
     *
     * @throws IllegalArgumentException if there are none, or more than {@link #MAX_OCTETS}; the message may be shown
     */
    public static TcpKey of(byte[] octets) {
        if (octets.length == 0) {
            throw new IllegalArgumentException("the key is empty");
        }
        if (octets.length > MAX_OCTETS) {
            throw new IllegalArgumentException(
                    "the key has " + octets.length + " octets; the kernel takes " + MAX_OCTETS + " at most");
        }
        return new TcpKey(octets.clone());
    }

    /** The same key, which outlives this one's being wiped. */
    public TcpKey copy() {
        return new TcpKey(octets.clone());
    }

    /** How many octets it has, 1 to {@link #MAX_OCTETS}. */
    public int length() {
        return octets.length;
    }

    /** Copies all octets to a place that the caller wipes soon. */
    public void copyTo(byte[] destination, int offset) {
        System.arraycopy(octets, 0, destination, offset, octets.length);
    }

    /** Overwrites the octets. The key must not be used any more. */
    public void wipe() {
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TcpKey key && MessageDigest.isEqual(octets, key.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Nothing about the octets. */
    @Override
    public String toString() {
        return "(secret)";
    }
}
