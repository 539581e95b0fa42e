package io.tapetum.interop.speaker;

import io.tapetum.interop.wire.Prefixes;

/**
 * A session that a speaker is configured to have, for one address family: that of its address.
 *
 * @param address the other side
 * @param as its AS number
 * @param holdTimeSeconds the hold time offered, 3 to 65535
 */
public record Neighbour(String address, long as, int holdTimeSeconds) {
    /** What calico-node offers. */
    public static final int CALICO_HOLD_TIME_SECONDS = 240;

    public Neighbour(String address, long as) {
        this(address, as, CALICO_HOLD_TIME_SECONDS);
    }

    boolean isIpv6() {
        return Prefixes.isIpv6(address);
    }
}
