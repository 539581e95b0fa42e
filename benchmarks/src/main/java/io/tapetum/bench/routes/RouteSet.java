package io.tapetum.bench.routes;

import java.util.List;

/** Routes with the same attributes that travel in one UPDATE: at least one prefix. */
public record RouteSet(RouteAttributes attributes, List<Prefix> prefixes) {

    public RouteSet {
        prefixes = List.copyOf(prefixes);
    }

    /** The same prefixes with other attributes. */
    public RouteSet with(RouteAttributes other) {
        return new RouteSet(other, prefixes);
    }
}
