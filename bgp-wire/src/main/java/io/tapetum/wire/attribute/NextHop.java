package io.tapetum.wire.attribute;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import org.jspecify.annotations.Nullable;

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

    /** Whether this is the next hop of these fields; tells without making one. */
    public boolean is(boolean otherIpv6, long otherHigh, long otherLow) {
        return ipv6 == otherIpv6 && high == otherHigh && low == otherLow;
    }

    /** A hash of these fields. */
    static int hash(boolean ipv6, long high, long low) {
        return 31 * (31 * Long.hashCode(high) + Long.hashCode(low)) + (ipv6 ? 1 : 0);
    }

    /**
     * Why no route can have this next hop (RFC 4271 §6.3, RFC 2545 §3), or {@code null}. Takes the fields of a next hop,
     * so that nothing is allocated for one that is fine.
     */
    public static @Nullable String fault(boolean ipv6, long high, long low, boolean allowLoopback) {
        return ipv6 ? faultIpv6(high, low, allowLoopback) : faultIpv4((int) (high >>> 32), allowLoopback);
    }

    private static @Nullable String faultIpv4(int address, boolean allowLoopback) {
        int firstOctet = address >>> 24;
        if (firstOctet == 0) {
            return "address in 0.0.0.0/8";
        }
        if (firstOctet == 127 && !allowLoopback) {
            return "loopback address";
        }
        if (firstOctet >= 224) {
            return firstOctet < 240 ? "multicast address" : "reserved address in 240.0.0.0/4";
        }
        return null;
    }

    private static @Nullable String faultIpv6(long high, long low, boolean allowLoopback) {
        if (high == 0 && low == 0) {
            return "unspecified address";
        }
        if (high == 0 && low == 1 && !allowLoopback) {
            return "loopback address";
        }
        if (high >>> 56 == 0xFF) {
            return "multicast address";
        }
        if (high >>> 54 == 0xFE80 >>> 6) {
            return "link-local address without a global one";
        }
        return null;
    }

    @Override
    public String toString() {
        byte[] octets = new byte[octets()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) ((i < 8 ? high : low) >>> (56 - 8 * (i & 7)));
        }
        try {
            InetAddress inet = InetAddress.getByAddress(octets);
            return ipv6 && inet instanceof Inet4Address ? "::ffff:" + inet.getHostAddress() : inet.getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + octets.length + " octets", e);
        }
    }

    private static long bits(byte[] octets, int from, int count) {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            bits |= (octets[from + i] & 0xFFL) << (56 - 8 * i);
        }
        return bits;
    }
}
