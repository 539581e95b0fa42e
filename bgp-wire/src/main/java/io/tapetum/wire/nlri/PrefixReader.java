package io.tapetum.wire.nlri;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.Family;

/**
 * Walks the NLRI of a buffer without allocating: call {@link #reset}, then {@link #next} until it is false.
 *
 * <p>A prefix is a triple of primitives for both families: the first 64 bits of the address, the last 64 bits, and the
 * length. An IPv4 address stands in the high half of {@code high}; {@code low} is then 0. Bits beyond the length are
 * always zero here, whatever stood on the wire (RFC 4271 §4.3 calls them irrelevant), so equal prefixes are equal
 * triples.
 *
 * <p>The range must have been checked with {@link Prefixes#check}. Not thread-safe; the buffer is not retained.
 */
public final class PrefixReader {

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int position;
    private int end;
    private boolean withPathId;
    private boolean ipv4;

    private int pathId;
    private long high;
    private long low;
    private int length;

    /**
     * Starts over on {@code buffer[offset, offset + bytes)}.
     *
     * @param withPathId whether a four-octet path identifier stands before each prefix (RFC 7911 §3)
     */
    public PrefixReader reset(ByteBuf newBuffer, int offset, int bytes, Family family, boolean withPathId) {
        this.buffer = newBuffer;
        this.position = offset;
        this.end = offset + bytes;
        this.withPathId = withPathId;
        this.ipv4 = family == Family.IPV4_UNICAST;
        return this;
    }

    /** Reads the next prefix; false at the end of the range. */
    public boolean next() {
        if (position >= end) {
            return false;
        }
        if (withPathId) {
            pathId = buffer.getInt(position);
            position += 4;
        }
        length = buffer.getUnsignedByte(position++);
        int octets = Prefixes.octets(length);
        if (ipv4) {
            high = Prefixes.mask(leading(position, octets), length);
            low = 0;
        } else if (octets <= 8) {
            high = Prefixes.mask(leading(position, octets), length);
            low = 0;
        } else {
            high = buffer.getLong(position);
            low = Prefixes.mask(leading(position + 8, octets - 8), length - 64);
        }
        position += octets;
        return true;
    }

    private long leading(int offset, int octets) {
        long bits = 0;
        for (int i = 0; i < octets; i++) {
            bits |= (buffer.getByte(offset + i) & 0xFFL) << (56 - 8 * i);
        }
        return bits;
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
