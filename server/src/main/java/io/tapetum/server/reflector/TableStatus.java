package io.tapetum.server.reflector;

import java.util.Map;

import io.tapetum.wire.Family;

/**
 * The routing tables at one moment.
 *
 * @param families what there is of each
 * @param attributeSets different sets of path attributes that are remembered
 */
public record TableStatus(Map<Family, Size> families, int attributeSets) {

    public TableStatus {
        families = Map.copyOf(families);
    }

    /**
     * Of one family.
     *
     * @param prefixes that have a path
     * @param paths of all peers
     */
    public record Size(int prefixes, long paths) {}
}
