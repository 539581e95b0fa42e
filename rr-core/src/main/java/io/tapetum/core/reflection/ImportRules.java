package io.tapetum.core.reflection;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * Which received routes may be used at all. A route that may not be used still replaces what the peer announced before:
 * it counts as a withdrawal. Any thread may ask; asking allocates nothing.
 */
public final class ImportRules {

    /** By what a route is known that was here before. */
    private record OwnMarks(long[] asNumbers, int[] clusterIds) {}

    private final int routerId;

    // Replaced as a whole when peers change: a session that still sees the old marks for a moment is itself older than
    // the change.
    private volatile OwnMarks marks;

    /**
     * Rules of one reflector.
     *
     * @param as our AS number, whatever peers there are
     * @param clusterId our cluster id, whatever peers there are
     * @param peers what there is; see {@link #peersAre}
     */
    public ImportRules(long as, int routerId, int clusterId, Collection<PeerTemplate> peers) {
        this.routerId = routerId;
        this.marks = marks(as, clusterId, peers);
    }

    /** From now on these are the peers, and every AS number and cluster id that we have towards any of them is ours. */
    public void peersAre(long as, int clusterId, Collection<PeerTemplate> peers) {
        marks = marks(as, clusterId, peers);
    }

    private static OwnMarks marks(long as, int clusterId, Collection<PeerTemplate> peers) {
        Set<Long> asNumbers = new TreeSet<>(Set.of(as));
        Set<Integer> clusterIds = new TreeSet<>(Set.of(clusterId));
        for (PeerTemplate peer : peers) {
            asNumbers.add(peer.localAs());
            clusterIds.add(peer.clusterId());
        }
        return new OwnMarks(asNumbers.stream().mapToLong(Long::longValue).toArray(),
                clusterIds.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Whether a route with these attributes, received from this source, may be used. */
    public boolean admits(PathAttributes attributes, RouteSource source) {
        OwnMarks own = marks;
        for (long as : own.asNumbers) {
            if (attributes.occurrencesOfAs(as) > 0) {
                return false; // RFC 4271 §9.1.2: an AS loop
            }
        }
        if (!source.kind().isInternal()) {
            return true;
        }
        if (attributes.has(PathAttributes.HAS_ORIGINATOR_ID) && attributes.originatorId() == routerId) {
            return false; // RFC 4456 §8: our own route came back
        }
        for (int clusterId : own.clusterIds) {
            if (attributes.hasCluster(clusterId)) {
                return false; // RFC 4456 §8: it has been through one of our clusters
            }
        }
        return true;
    }
}
