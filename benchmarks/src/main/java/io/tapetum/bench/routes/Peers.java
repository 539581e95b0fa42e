package io.tapetum.bench.routes;

import io.tapetum.rib.RouteSource;
import io.tapetum.rib.RouteSource.Kind;

/** Route reflector clients, by number. */
public final class Peers {

    private static final long MAPPED_IPV4 = 0xFFFFL << 32;
    private static final int FIRST_ADDRESS = 172 << 24 | 16 << 16 | 1;
    private static final int CLUSTER = 1;

    private Peers() {}

    /** The client with this number, 0 or more, in its first session. */
    public static RouteSource client(int number) {
        int address = FIRST_ADDRESS + number;
        return new RouteSource(number, 1, Kind.CLIENT, address, 0, MAPPED_IPV4 | Integer.toUnsignedLong(address),
                CLUSTER);
    }
}
