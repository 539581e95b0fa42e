package io.tapetum.core.reflection;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * Which received routes may be used at all. A route that may not be used still replaces what the peer announced before:
 * it counts as a withdrawal. Any thread may ask; asking allocates nothing.
 */
public final class ImportRules {

    /** By what a route is known that was here before, each with what is said of such a route. */
    private record OwnMarks(long[] asNumbers, ImportRefusal[] asLoops, int[] clusterIds, ImportRefusal[] clusters) {}

    private final int routerId;
    private final ImportRefusal ownOriginatorId;

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
        this.ownOriginatorId = new ImportRefusal.OwnOriginatorId(routerId);
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
                asNumbers.stream().map(ImportRefusal.AsLoop::new).toArray(ImportRefusal[]::new),
                clusterIds.stream().mapToInt(Integer::intValue).toArray(),
                clusterIds.stream().map(ImportRefusal.OwnCluster::new).toArray(ImportRefusal[]::new));
    }

    /** Why a route with these attributes, received from this source, may not be used; {@code null} if it may. */
    public @Nullable ImportRefusal refusal(PathAttributes attributes, RouteSource source) {
        OwnMarks own = marks;
        for (int i = 0; i < own.asNumbers.length; i++) {
            if (attributes.occurrencesOfAs(own.asNumbers[i]) > 0) {
                return own.asLoops[i]; // RFC 4271 §9.1.2: an AS loop
            }
        }
        if (!source.kind().isInternal()) {
            return null;
        }
        if (attributes.has(PathAttributes.HAS_ORIGINATOR_ID) && attributes.originatorId() == routerId) {
            return ownOriginatorId; // RFC 4456 §8: our own route came back
        }
        for (int i = 0; i < own.clusterIds.length; i++) {
            if (attributes.hasCluster(own.clusterIds[i])) {
                return own.clusters[i]; // RFC 4456 §8: it has been through one of our clusters
            }
        }
        return null;
    }
}
