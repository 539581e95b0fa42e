package io.tapetum.load.route;

import io.tapetum.wire.attribute.NextHop;

/** The addresses of clients, by number; all as 32 bits in network order. */
public final class Addresses {

    /** The AS that the reflector and all clients are in. */
    public static final int AS = 64512;
    /** What a reflector has to have as its cluster id: 224.0.0.1, which Calico's documentation uses. */
    public static final int CLUSTER_ID = 224 << 24 | 1;
    /** Where all clients connect from. */
    public static final String SOURCE_RANGE = "127.2.0.0/16";
    /** Where all next hops lie: reflectors that resolve them need a route to it. */
    public static final String NEXT_HOP_RANGE = "100.64.0.0/16";
    /** How many clients there can be. */
    public static final int MAX_CLIENTS = 250 * 250;

    private Addresses() {}

    /** Where a client connects from: 127.2.0.1 and on. */
    public static int source(int client) {
        return 127 << 24 | 2 << 16 | host(client);
    }

    /** Its BGP identifier, of which a reflector makes the ORIGINATOR_ID: 10.2.0.1 and on. */
    public static int identifier(int client) {
        return 10 << 24 | 2 << 16 | host(client);
    }

    /** Its NEXT_HOP: 100.64.0.1 and on. Loopback addresses would be refused by many. */
    public static int nextHop(int client) {
        return 100 << 24 | 64 << 16 | host(client);
    }

    /** As operators write it. */
    public static String toString(int address) {
        return NextHop.ipv4(address).toString();
    }

    private static int host(int client) {
        return client / 250 << 8 | 1 + client % 250;
    }
}
