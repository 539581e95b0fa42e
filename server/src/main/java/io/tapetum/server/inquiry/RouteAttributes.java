package io.tapetum.server.inquiry;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The attributes of a path, as operators write them. What is not there is {@code null} or empty.
 *
 * @param origin {@code igp}, {@code egp} or {@code incomplete}
 * @param asPath AS numbers from the nearest on; sets in braces, confederations in parentheses; empty for our own AS
 * @param med MULTI_EXIT_DISC
 * @param originatorId dotted
 * @param clusterList dotted, from the nearest on
 * @param communities {@code 64512:100}, or the name of a well-known one: {@code no-export}
 * @param extendedCommunities {@code rt:64512:100} for those that are known, else sixteen hexadecimal digits
 * @param largeCommunities {@code 64512:1:2}
 * @param others attributes that have no place above: {@code 32 (transitive, partial): 0001...}
 */
public record RouteAttributes(String origin, String asPath, String nextHop, long localPref, @Nullable Long med,
        @Nullable String originatorId, List<String> clusterList, List<String> communities,
        List<String> extendedCommunities, List<String> largeCommunities, List<String> others) {

    public RouteAttributes {
        clusterList = List.copyOf(clusterList);
        communities = List.copyOf(communities);
        extendedCommunities = List.copyOf(extendedCommunities);
        largeCommunities = List.copyOf(largeCommunities);
        others = List.copyOf(others);
    }
}
