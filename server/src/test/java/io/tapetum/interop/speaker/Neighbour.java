package io.tapetum.interop.speaker;

import io.tapetum.interop.wire.Prefixes;
import io.tapetum.interop.wire.Protection;

/**
 * A session that a speaker is configured to have, for one address family: that of its address.
 *
 * @param address the other side
 * @param as its AS number
 * @param holdTimeSeconds the hold time offered, 3 to 65535
 * @param protection of its packets
 */
public record Neighbour(String address, long as, int holdTimeSeconds, Protection protection) {
    /** What calico-node offers. */
    public static final int CALICO_HOLD_TIME_SECONDS = 240;

    public Neighbour(String address, long as) {
        this(address, as, CALICO_HOLD_TIME_SECONDS);
    }

    public Neighbour(String address, long as, int holdTimeSeconds) {
        this(address, as, holdTimeSeconds, Protection.NONE);
    }

    /** The same, protected. */
    public Neighbour with(Protection other) {
        return new Neighbour(address, as, holdTimeSeconds, other);
    }

    boolean isIpv6() {
        return Prefixes.isIpv6(address);
    }
}
