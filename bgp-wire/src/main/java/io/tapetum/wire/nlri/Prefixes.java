package io.tapetum.wire.nlri;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.Family;

/** How a prefix, as the triple {@link PrefixReader} describes, is checked, written and shown. */
public final class Prefixes {

    private Prefixes() {}

    /** Octets that a prefix of this many bits takes after its length octet. */
    public static int octets(int length) {
        return (length + 7) >>> 3;
    }

    /** Octets that a prefix of this many bits takes in all, path identifier included if there is one. */
    public static int encodedSize(int length, boolean withPathId) {
        return (withPathId ? 5 : 1) + octets(length);
    }

    /** Clears the bits after the first {@code length}; lengths of 64 and more keep all. */
    public static long mask(long bits, int length) {
        if (length <= 0) {
            return 0;
        }
        return length >= 64 ? bits : bits & (-1L << (64 - length));
    }

    /**
     * Checks that {@code octets[offset, offset + count)} is a sequence of whole prefixes with lengths the family allows
     * (RFC 7606 §5.3).
     *
     * @return how many there are, or -1 if the range is malformed
     */
    public static int check(byte[] octets, int offset, int count, Family family, boolean withPathId) {
        int position = offset;
        int end = offset + count;
        int prefixes = 0;
        int lengthOffset = withPathId ? 4 : 0;
        int maxLength = family.maxPrefixLength();
        while (position < end) {
            if (end - position <= lengthOffset) {
                return -1;
            }
            int length = octets[position + lengthOffset] & 0xFF;
            if (length > maxLength) {
                return -1;
            }
            position += lengthOffset + 1 + octets(length);
            if (position > end) {
                return -1;
            }
            prefixes++;
        }
        return prefixes;
    }

    /** Appends a prefix, without path identifier. */
    public static void write(ByteBuf out, long high, long low, int length) {
        out.writeByte(length);
        int octets = octets(length);
        for (int i = 0; i < octets; i++) {
            long half = i < 8 ? high : low;
            out.writeByte((int) (half >>> (56 - 8 * (i & 7))));
        }
    }

    /** Appends a path identifier (RFC 7911 §3) and a prefix. */
    public static void write(ByteBuf out, int pathId, long high, long low, int length) {
        out.writeInt(pathId);
        write(out, high, low, length);
    }

    /** The prefix as operators write it, for logs and tests: {@code 10.0.0.0/8}, {@code 2001:db8:0:0:0:0:0:0/32}. */
    public static String toString(Family family, long high, long low, int length) {
        byte[] address = new byte[family.maxPrefixLength() / 8];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) ((i < 8 ? high : low) >>> (56 - 8 * (i & 7)));
        }
        try {
            InetAddress inet = InetAddress.getByAddress(address);
            if (family == Family.IPV6_UNICAST && inet instanceof Inet4Address) {
                return "::ffff:" + inet.getHostAddress() + "/" + length;
            }
            return inet.getHostAddress() + "/" + length;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " octets", e);
        }
    }
}
