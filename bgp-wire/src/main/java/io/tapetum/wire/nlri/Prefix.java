package io.tapetum.wire.nlri;

import java.util.Optional;

import io.netty.util.NetUtil;

import io.tapetum.wire.Family;

/**
 * A prefix as operators name it: {@code 10.1.0.0/16}, {@code fd00::/8}. The tables know it as the triple that
 * {@link PrefixReader} describes.
 *
 * @param high the first 64 bits of the address; an IPv4 address stands in the upper half
 * @param low the last 64 bits
 * @param length in bits; the bits of the address beyond it are zero
 */
public record Prefix(Family family, long high, long low, int length) {

    private static final int IPV4_OCTETS = 4;

    /** Throws {@link IllegalArgumentException} if the length is none of this family's. Clears the bits beyond it. */
    public Prefix {
        if (length < 0 || length > family.maxPrefixLength()) {
            throw new IllegalArgumentException(
                    "the length is " + length + ", must be 0 to " + family.maxPrefixLength());
        }
        high &= mask(length);
        low &= mask(length - Long.SIZE);
    }

    /** The upper {@code bits} bits; none if it is negative, all beyond 64. */
    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }

    /** An address and a length; an address alone stands for itself. Empty if the text is neither. Looks no name up. */
    public static Optional<Prefix> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] octets = address.indexOf('%') >= 0 ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (octets == null || address.startsWith("[")) {
            return Optional.empty();
        }
        Family family = octets.length == IPV4_OCTETS ? Family.IPV4_UNICAST : Family.IPV6_UNICAST;
        int length = slash < 0 ? family.maxPrefixLength() : length(text.substring(slash + 1));
        if (length < 0 || length > family.maxPrefixLength()) {
            return Optional.empty();
        }
        return Optional.of(family == Family.IPV4_UNICAST
                ? new Prefix(family, number(octets, 0, IPV4_OCTETS) << Integer.SIZE, 0, length)
                : new Prefix(family, number(octets, 0, Long.BYTES), number(octets, Long.BYTES, Long.BYTES), length));
    }

    /** One to three digits, or -1. */
    private static int length(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    private static long number(byte[] octets, int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = number << Byte.SIZE | octets[i] & 0xFF;
        }
        return number;
    }

    /** Whether every address of the other one is in this one. */
    public boolean contains(Prefix other) {
        return family == other.family && contains(other.high, other.low, other.length);
    }

    /** The same for a prefix of this family that is given by its parts. */
    public boolean contains(long otherHigh, long otherLow, int otherLength) {
        return length <= otherLength && (otherHigh & mask(length)) == high
                && (otherLow & mask(length - Long.SIZE)) == low;
    }

    /** As operators write it; IPv6 as RFC 5952 recommends. */
    @Override
    public String toString() {
        return switch (family) {
            case IPV4_UNICAST -> NetUtil.intToIpAddress((int) (high >>> Integer.SIZE));
            case IPV6_UNICAST -> ipv6();
        } + '/' + length;
    }

    private String ipv6() {
        byte[] octets = new byte[2 * Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            octets[i] = (byte) (high >>> Byte.SIZE * (Long.BYTES - 1 - i));
            octets[Long.BYTES + i] = (byte) (low >>> Byte.SIZE * (Long.BYTES - 1 - i));
        }
        return NetUtil.bytesToIpAddress(octets);
    }
}
