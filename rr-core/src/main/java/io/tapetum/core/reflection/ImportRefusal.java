package io.tapetum.core.reflection;

import io.tapetum.wire.attribute.NextHop;

/** Why a received route may not be used. */
public sealed interface ImportRefusal {

    /** AS_PATH has this AS number, which is ours (RFC 4271 §9.1.2). */
    record AsLoop(long as) implements ImportRefusal {}

    /** ORIGINATOR_ID is our router id (RFC 4456 §8). */
    record OwnOriginatorId(int routerId) implements ImportRefusal {}

    /** CLUSTER_LIST has this cluster id, which is ours (RFC 4456 §8). */
    record OwnCluster(int clusterId) implements ImportRefusal {}

    /**
     * An attribute was so wrong that the route counts as withdrawn (RFC 7606 §2).
     *
     * @param fault which one, and what is wrong with it
     */
    record Malformed(String fault) implements ImportRefusal {}

    /** For operators: what is the matter with the route. */
    default String text() {
        return switch (this) {
            case AsLoop loop -> "its AS_PATH has our AS number " + loop.as + ": it has been in our AS before";
            case OwnOriginatorId own -> "its ORIGINATOR_ID is our router id " + NextHop.ipv4(own.routerId)
                    + ": it is our own route come back, or another speaker has our router id";
            case OwnCluster own -> "its CLUSTER_LIST has our cluster id " + NextHop.ipv4(own.clusterId)
                    + ": it was reflected by a reflector of the same cluster";
            case Malformed malformed -> "it was malformed: " + malformed.fault;
        };
    }
}
