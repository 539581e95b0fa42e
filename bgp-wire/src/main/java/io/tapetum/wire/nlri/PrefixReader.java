package io.tapetum.wire.nlri;

import io.netty.buffer.ByteBuf;

/**
 * Walks encoded NLRI without allocating: call {@link #reset}, then {@link #next} until it is false.
 *
 * <p>A prefix is a triple of primitives for both families: the first 64 bits of the address, the last 64 bits, and the
 * length. An IPv4 address stands in the high half of {@code high}; {@code low} is then 0. Bits beyond the length are
 * always zero here, whatever stood on the wire (RFC 4271 §4.3 calls them irrelevant), so equal prefixes are equal
 * triples.
 *
 * <p>The range must have been checked with {@link Prefixes#check}. Not thread-safe.
 */
public final class PrefixReader {

    /** Of {@link #reset(ByteBuf, int, int, boolean)}. */
    private byte[] copy = {};
    private byte[] octets = copy;
    private int position;
    private int end;
    private boolean withPathId;

    private int pathId;
    private long high;
    private long low;
    private int length;

    /**
     * Starts over on {@code newOctets[offset, offset + count)}, which must stay as they are.
     *
     * @param newWithPathId whether a four-octet path identifier stands before each prefix (RFC 7911 §3)
     */
    public PrefixReader reset(byte[] newOctets, int offset, int count, boolean newWithPathId) {
        octets = newOctets;
        position = offset;
        end = offset + count;
        withPathId = newWithPathId;
        return this;
    }

    /** Starts over on a copy of {@code buffer[offset, offset + count)}. */
    public PrefixReader reset(ByteBuf buffer, int offset, int count, boolean newWithPathId) {
        if (copy.length < count) {
            copy = new byte[Math.max(2 * copy.length, count)];
        }
        buffer.getBytes(offset, copy, 0, count);
        return reset(copy, 0, count, newWithPathId);
    }

    /** Reads the next prefix; false at the end of the range. */
    public boolean next() {
        int at = position;
        if (at >= end) {
            return false;
        }
        if (withPathId) {
            pathId = (int) number(at, 4);
            at += 4;
        }
        int bits = octets[at++] & 0xFF;
        int count = Prefixes.octets(bits);
        if (count <= 8) {
            high = leading(at, count, bits);
            low = 0;
        } else {
            high = number(at, 8);
            low = leading(at + 8, count - 8, bits - 64);
        }
        length = bits;
        position = at + count;
        return true;
    }

    /** So many octets, at most 8, as the upper ones of a number, without what stands in them beyond the prefix. */
    private long leading(int at, int count, int bits) {
        // A shift by 64 would be one by 0; the number is 0 then anyhow.
        return Prefixes.mask(number(at, count) << (64 - 8 * count), bits);
    }

    private long number(int at, int count) {
        long number = 0;
        for (int i = at; i < at + count; i++) {
            number = number << 8 | octets[i] & 0xFF;
        }
        return number;
    }

    /** The path identifier before the prefix, 0 when there is none. */
    public int pathId() {
        return pathId;
    }

    /** The first 64 bits of the address; an IPv4 address stands in the upper 32. */
    public long high() {
        return high;
    }

    /** The last 64 bits of an IPv6 address. */
    public long low() {
        return low;
    }

    /** Prefix length in bits: 0 to 32 or 0 to 128. */
    public int length() {
        return length;
    }
}
