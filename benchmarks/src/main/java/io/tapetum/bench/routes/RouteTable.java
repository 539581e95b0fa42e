package io.tapetum.bench.routes;

import java.util.List;

import io.tapetum.wire.Family;

/**
 * Routes of one family; no prefix occurs twice.
 *
 * @param sets in the order in which they are announced
 */
public record RouteTable(Family family, List<RouteSet> sets) {

    public RouteTable {
        sets = List.copyOf(sets);
    }

    /** How many prefixes there are. */
    public int size() {
        return sets.stream().mapToInt(set -> set.prefixes().size()).sum();
    }

    /** All prefixes, in the order in which they are announced. */
    public List<Prefix> prefixes() {
        return sets.stream().flatMap(set -> set.prefixes().stream()).toList();
    }
}
