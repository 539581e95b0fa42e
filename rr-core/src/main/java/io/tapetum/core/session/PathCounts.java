package io.tapetum.core.session;

import io.tapetum.wire.Family;

/**
 * How many paths of each family are accepted from a peer. Written on the peer's event loop; read by any thread, which
 * may see a count that is a moment old.
 */
public final class PathCounts {

    // Volatile so that other threads see recent counts; there is one writer, so no update is lost.
    private volatile int ipv4;
    private volatile int ipv6;

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the peer's event loop
    void add(Family family, int paths) {
        if (paths == 0) {
            return;
        }
        switch (family) {
            case IPV4_UNICAST -> ipv4 += paths;
            case IPV6_UNICAST -> ipv6 += paths;
        }
    }

    void clear(Family family) {
        switch (family) {
            case IPV4_UNICAST -> ipv4 = 0;
            case IPV6_UNICAST -> ipv6 = 0;
        }
    }

    public int of(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> ipv4;
            case IPV6_UNICAST -> ipv6;
        };
    }
}
