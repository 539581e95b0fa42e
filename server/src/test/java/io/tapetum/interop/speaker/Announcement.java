package io.tapetum.interop.speaker;

import java.util.List;
import java.util.OptionalLong;

/**
 * A route that a speaker originates with itself as the next hop.
 *
 * @param prefix IPv4 or IPv6
 * @param med MULTI_EXIT_DISC
 * @param localPref LOCAL_PREF, or empty for the daemon's default of 100
 * @param communities each as {@code 64512:77}
 * @param routeTargets extended communities, each as {@code 64512:100}
 * @param largeCommunities each as {@code 64512:1:2}
 * @param asPath AS numbers put in front, the first one first
 */
public record Announcement(String prefix, OptionalLong med, OptionalLong localPref, List<String> communities,
        List<String> routeTargets, List<String> largeCommunities, List<Long> asPath) {

    public Announcement {
        communities = List.copyOf(communities);
        routeTargets = List.copyOf(routeTargets);
        largeCommunities = List.copyOf(largeCommunities);
        asPath = List.copyOf(asPath);
    }

    /** A route with nothing but the mandatory attributes. */
    public static Announcement of(String prefix) {
        return new Announcement(prefix, OptionalLong.empty(), OptionalLong.empty(), List.of(), List.of(), List.of(),
                List.of());
    }

    public Announcement withMed(long value) {
        return new Announcement(prefix, OptionalLong.of(value), localPref, communities, routeTargets, largeCommunities,
                asPath);
    }

    public Announcement withLocalPref(long value) {
        return new Announcement(prefix, med, OptionalLong.of(value), communities, routeTargets, largeCommunities,
                asPath);
    }

    public Announcement withCommunities(String... values) {
        return new Announcement(prefix, med, localPref, List.of(values), routeTargets, largeCommunities, asPath);
    }

    public Announcement withRouteTargets(String... values) {
        return new Announcement(prefix, med, localPref, communities, List.of(values), largeCommunities, asPath);
    }

    public Announcement withLargeCommunities(String... values) {
        return new Announcement(prefix, med, localPref, communities, routeTargets, List.of(values), asPath);
    }

    public Announcement withAsPath(Long... values) {
        return new Announcement(prefix, med, localPref, communities, routeTargets, largeCommunities, List.of(values));
    }
}
