package io.tapetum.load.route;

import java.util.ArrayList;
import java.util.List;

import io.tapetum.bench.routes.InternetRoutes;
import io.tapetum.bench.routes.Prefix;
import io.tapetum.bench.routes.RouteAttributes;
import io.tapetum.bench.routes.RouteSet;
import io.tapetum.wire.attribute.NextHop;

/**
 * The route books that workloads are made of; the same at every call. Every route has a MED, if only 0: it is the version
 * of the route, and FRR says 0 where there was none.
 */
public final class RouteBooks {

    /** Blocks of /26 in 10.0.0.0/8. */
    private static final int BLOCKS = 1 << 18;
    /** Addresses in 172.16.0.0/12. */
    private static final int SINGLES = 1 << 20;
    /** Odd, so that multiplying by it permutes both pools: Calico scatters what it gives to a node. */
    private static final int SCATTER = 0x9E3779B1;

    private RouteBooks() {}

    /**
     * A Calico cluster: every node announces blocks that its pods have addresses from, and single addresses that pods
     * took along from elsewhere.
     *
     * @param blocks /26 prefixes of each node
     * @param singles /32 prefixes of each node
     * @throws IllegalArgumentException if the pools, 262,144 blocks and 1,048,576 single addresses, are too small
     */
    public static RouteBook calico(int nodes, int blocks, int singles) {
        if ((long) nodes * blocks > BLOCKS || (long) nodes * singles > SINGLES) {
            throw new IllegalArgumentException(
                    "%d nodes with %d blocks and %d single addresses each: at most %d and %d are there in all"
                            .formatted(nodes, blocks, singles, BLOCKS, SINGLES));
        }
        List<List<RouteSet>> sets = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            List<Prefix> prefixes = new ArrayList<>();
            for (int i = node * blocks; i < (node + 1) * blocks; i++) {
                prefixes.add(ipv4(10 << 24 | (i * SCATTER & BLOCKS - 1) << 6, 26));
            }
            for (int i = node * singles; i < (node + 1) * singles; i++) {
                prefixes.add(ipv4(172 << 24 | 16 << 16 | i * SCATTER & SINGLES - 1, 32));
            }
            RouteAttributes attributes = new RouteAttributes(0, List.of(), nextHop(node), 0, 100,
                    List.of());
            sets.add(List.of(new RouteSet(attributes, prefixes)));
        }
        return new RouteBook(sets);
    }

    /** Internet-like routes, all announced by client 0, with itself as the next hop. */
    public static RouteBook fullTable(int routes) {
        return new RouteBook(List.of(InternetRoutes.ipv4(routes).sets().stream().map(RouteBooks::ofInjector).toList()));
    }

    private static RouteSet ofInjector(RouteSet set) {
        RouteAttributes old = set.attributes();
        return set.with(
                new RouteAttributes(old.origin(), old.asPath(), nextHop(0), Math.max(0, old.med()), old.localPref(),
                        old.communities()));
    }

    private static Prefix ipv4(int address, int length) {
        return new Prefix((long) address << 32, 0, length);
    }

    private static NextHop nextHop(int client) {
        return NextHop.ipv4(Addresses.nextHop(client));
    }
}
