package io.tapetum.bench.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;

/**
 * Routes of a Calico cluster: every node announces the blocks that its pods have addresses from, with itself as the next
 * hop. Calico picks a node's blocks by a hash of its name, so they lie scattered in the pool.
 */
public final class CalicoRoutes {

    /** Blocks that most nodes get along with. */
    public static final int BLOCKS_PER_NODE = 4;

    /** The pool is 10.0.0.0/8, or an IPv6 one with as many blocks. */
    private static final int MAX_BLOCKS = 1 << 18;
    private static final int IPV4_BLOCK = 26;
    private static final int IPV6_BLOCK = 122;
    private static final int IPV4_POOL = 10 << 24;
    private static final long IPV6_POOL = 0xfd00_0000_0000_0000L;
    private static final int IPV4_NODES = 172 << 24 | 16 << 16;
    private static final long IPV6_NODES = 0xfd01_0000_0000_0000L;
    /** Odd, so that multiplying by it permutes the blocks of the pool. */
    private static final int SCATTER = 0x9E3779B1;

    private CalicoRoutes() {}

    /** So many /26 blocks, at most 262,144. */
    public static RouteTable ipv4(int blocks) {
        return table(Family.IPV4_UNICAST, blocks, node -> NextHop.ipv4(IPV4_NODES + 1 + node),
                block -> Prefix.ipv4(IPV4_POOL | block << 6, IPV4_BLOCK));
    }

    /** So many /122 blocks, at most 262,144. */
    public static RouteTable ipv6(int blocks) {
        return table(Family.IPV6_UNICAST, blocks, node -> NextHop.ipv6(IPV6_NODES, 1 + node),
                block -> new Prefix(IPV6_POOL, (long) block << 6, IPV6_BLOCK));
    }

    private static RouteTable table(Family family, int blocks, IntFunction<NextHop> nextHop,
            IntFunction<Prefix> block) {
        if (blocks < 1 || blocks > MAX_BLOCKS) {
            throw new IllegalArgumentException("blocks is " + blocks + ", must be 1 to " + MAX_BLOCKS);
        }
        List<RouteSet> sets = new ArrayList<>();
        for (int from = 0; from < blocks; from += BLOCKS_PER_NODE) {
            List<Prefix> prefixes = new ArrayList<>();
            for (int i = from; i < Math.min(blocks, from + BLOCKS_PER_NODE); i++) {
                prefixes.add(block.apply(i * SCATTER & (MAX_BLOCKS - 1)));
            }
            sets.add(new RouteSet(RouteAttributes.ofNode(nextHop.apply(from / BLOCKS_PER_NODE)), prefixes));
        }
        return new RouteTable(family, sets);
    }
}
