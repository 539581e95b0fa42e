package io.tapetum.load.workload;

import io.tapetum.bench.routes.CalicoRoutes;
import io.tapetum.load.route.RouteBook;
import io.tapetum.load.route.RouteBooks;

/**
 * The nodes of a Calico cluster.
 *
 * @param nodes how many: 2 or more
 * @param routes that each announces: 1 or more, up to four of them /26, the rest /32
 */
public record Nodes(int nodes, int routes) {

    /** As many addresses as there are to be given away. */
    private static final int MAX_ROUTES = 1_000_000;

    public Nodes {
        Parameter.check("--nodes", nodes, 2, Parameter.MAX_CLIENTS);
        Parameter.check("--routes", routes, 1, 10_000);
        if ((long) nodes * routes > MAX_ROUTES) {
            throw new IllegalArgumentException(
                    "%d nodes with %d routes each are more than %d routes: take fewer of either".formatted(nodes,
                            routes, MAX_ROUTES));
        }
    }

    RouteBook book() {
        int blocks = Math.min(routes, CalicoRoutes.BLOCKS_PER_NODE);
        return RouteBooks.calico(nodes, blocks, routes - blocks);
    }

    @Override
    public String toString() {
        return "--nodes " + nodes + " --routes " + routes;
    }
}
