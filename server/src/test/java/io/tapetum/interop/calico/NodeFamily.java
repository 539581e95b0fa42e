package io.tapetum.interop.calico;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.wire.Prefixes;

/** The two daemons of a node: BIRD 1.6 is built for one address family. */
enum NodeFamily {
    IPV4("bird", "10.65.0.0/16", "10.96.0.0/12"), IPV6("bird6", "fd65:1:2::/48", "fd96::/108");

    private final String daemon;
    private final String pool;
    private final String services;

    NodeFamily(String daemon, String pool, String services) {
        this.daemon = daemon;
        this.pool = pool;
        this.services = services;
    }

    /** The family of an address or a prefix. */
    static NodeFamily of(String address) {
        return Prefixes.isIpv6(address) ? IPV6 : IPV4;
    }

    String daemon() {
        return daemon;
    }

    /** The IP pool whose blocks nodes own. */
    String pool() {
        return pool;
    }

    /** The range of cluster IPs, which every node announces and no node programs. */
    String services() {
        return services;
    }

    /** One of the blocks of the pool that a node owns, as BIRD prints it; there are two. */
    String block(int node, int index) {
        return this == IPV4
                ? "10.65.%d.%d/26".formatted(node, 64 * index)
                : "fd65:1:2:%x::%s/122".formatted(node, index == 0 ? "" : "40");
    }

    String address(Host host) {
        return this == IPV4 ? host.ipv4() : host.ipv6();
    }
}
