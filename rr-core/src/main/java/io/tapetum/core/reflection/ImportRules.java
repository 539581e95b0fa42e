package io.tapetum.core.reflection;

import io.tapetum.rib.RouteSource;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * Which received routes may be used at all. A route that may not be used still replaces what the peer announced before:
 * it counts as a withdrawal. Immutable; allocates nothing.
 */
public final class ImportRules {

    private final long localAs;
    private final int routerId;
    private final int[] clusterIds;

    /**
     * Rules of one reflector.
     *
     * @param clusterIds every cluster id this reflector stamps on any route
     */
    public ImportRules(long localAs, int routerId, int[] clusterIds) {
        this.localAs = localAs;
        this.routerId = routerId;
        this.clusterIds = clusterIds.clone();
    }

    /** Whether a route with these attributes, received from this source, may be used. */
    public boolean admits(PathAttributes attributes, RouteSource source) {
        if (attributes.occurrencesOfAs(localAs) > 0) {
            return false; // RFC 4271 §9.1.2: an AS loop
        }
        if (!source.kind().isInternal()) {
            return true;
        }
        if (attributes.has(PathAttributes.HAS_ORIGINATOR_ID) && attributes.originatorId() == routerId) {
            return false; // RFC 4456 §8: our own route came back
        }
        for (int clusterId : clusterIds) {
            if (attributes.hasCluster(clusterId)) {
                return false; // RFC 4456 §8: it has been through one of our clusters
            }
        }
        return true;
    }
}
