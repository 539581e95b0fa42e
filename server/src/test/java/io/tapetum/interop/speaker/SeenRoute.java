package io.tapetum.interop.speaker;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A route that a daemon has learned from a neighbour, in the words of {@link Announcement} whatever the daemon's own.
 *
 * @param nextHop an address; the global one where there are two
 * @param asPath AS numbers, the nearest first
 * @param origin {@code igp}, {@code egp} or {@code incomplete}
 * @param med MULTI_EXIT_DISC, if there is one
 * @param localPref LOCAL_PREF
 * @param originatorId ORIGINATOR_ID (RFC 4456 §8) as an address
 * @param clusterList CLUSTER_LIST (RFC 4456 §8), each as an address, the last reflector first
 * @param communities each as {@code 64512:77}
 * @param routeTargets each as {@code 64512:100}
 * @param largeCommunities each as {@code 64512:1:2}
 */
public record SeenRoute(String nextHop, List<Long> asPath, String origin, OptionalLong med, OptionalLong localPref,
        Optional<String> originatorId, List<String> clusterList, Set<String> communities, Set<String> routeTargets,
        Set<String> largeCommunities) {

    public SeenRoute {
        asPath = List.copyOf(asPath);
        clusterList = List.copyOf(clusterList);
        communities = Set.copyOf(communities);
        routeTargets = Set.copyOf(routeTargets);
        largeCommunities = Set.copyOf(largeCommunities);
    }
}
