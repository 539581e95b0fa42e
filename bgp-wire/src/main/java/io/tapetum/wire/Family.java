package io.tapetum.wire;

import org.jspecify.annotations.Nullable;

/** The address families that are routed here (RFC 4760 §3: an AFI and a SAFI). */
public enum Family {

    IPV4_UNICAST(1, 1, 32),
    IPV6_UNICAST(2, 1, 128);

    private final int afi;
    private final int safi;
    private final int maxPrefixLength;

    Family(int afi, int safi, int maxPrefixLength) {
        this.afi = afi;
        this.safi = safi;
        this.maxPrefixLength = maxPrefixLength;
    }

    /** Address family identifier, 16 bits on the wire. */
    public int afi() {
        return afi;
    }

    /** Subsequent address family identifier, 8 bits on the wire. */
    public int safi() {
        return safi;
    }

    /** Longest prefix in bits: 32 or 128. */
    public int maxPrefixLength() {
        return maxPrefixLength;
    }

    /** The family of this AFI and SAFI, or {@code null} if it is not one that is routed here. */
    public static @Nullable Family of(int afi, int safi) {
        if (safi != 1) {
            return null;
        }
        return switch (afi) {
            case 1 -> IPV4_UNICAST;
            case 2 -> IPV6_UNICAST;
            default -> null;
        };
    }
}
