package io.tapetum.wire.attribute;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * The next hop of a route: one IPv4 or one global IPv6 address. The link-local address that RFC 2545 §3 lets stand
 * beside a global one means nothing beyond the link it came from, so it is not kept.
 *
 * @param ipv6 which of the two it is
 * @param high the first 64 bits; an IPv4 address stands in the upper 32
 * @param low the last 64 bits of an IPv6 address, else 0
 */
public record NextHop(boolean ipv6, long high, long low) {

    public static NextHop ipv4(int address) {
        return new NextHop(false, (long) address << 32, 0);
    }

    public static NextHop ipv6(long high, long low) {
        return new NextHop(true, high, low);
    }

    public static NextHop of(InetAddress address) {
        byte[] octets = address.getAddress();
        if (address instanceof Inet4Address) {
            return ipv4((int) (bits(octets, 0, 4) >>> 32));
        }
        return ipv6(bits(octets, 0, 8), bits(octets, 8, 8));
    }

    /** An IPv4 next hop as 32 bits in network order. */
    public int ipv4Address() {
        return (int) (high >>> 32);
    }

    /** Octets of the address: 4 or 16. */
    public int octets() {
        return ipv6 ? 16 : 4;
    }

    private static long bits(byte[] octets, int from, int count) {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= (octets[from + i] & 0xFFL) << (56 - 8 * i);
        }
        return bits;
    }
}
