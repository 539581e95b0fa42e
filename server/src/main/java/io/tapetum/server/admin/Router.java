package io.tapetum.server.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.admin.Route.Access;
import io.tapetum.server.admin.Route.Method;

/** Finds what is asked for. Immutable. */
final class Router {

    /**
     * What there is at a path.
     *
     * @param routes by method
     * @param variables what stands where the path has names in braces, by these
     */
    record Found(Map<Method, Route> routes, Map<String, String> variables) {

        /** Whether everything there is for anybody. */
        boolean forAnybody() {
            return routes.values().stream().allMatch(route -> route.access() == Access.ANYBODY);
        }

        /** The route of a method, HEAD being GET; refuses other methods. */
        Route route(String method) throws RefusedException {
            for (Route route : routes.values()) {
                if (methods(route).anyMatch(method::equals)) {
                    return route;
                }
            }
            String allowed = routes.values().stream().flatMap(Found::methods).collect(Collectors.joining(", "));
            throw new RefusedException(405, "use " + allowed, Map.of("Allow", allowed));
        }

        private static Stream<String> methods(Route route) {
            return route.method() == Method.GET ? Stream.of("GET", "HEAD") : Stream.of(route.method().name());
        }
    }

    private record Place(List<String> segments, Map<Method, Route> routes) {}

    private final List<Place> places;

    /** @param routes no two with the same path and method */
    Router(List<Route> routes) {
        Map<String, Place> byPath = new LinkedHashMap<>();
        for (Route route : routes) {
            Place place = byPath.computeIfAbsent(route.path(),
                    path -> new Place(segments(path), new EnumMap<>(Method.class)));
            if (place.routes().put(route.method(), route) != null) {
                throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
            }
        }
        places = List.copyOf(byPath.values());
    }

    /** @param rawPath as it stands in the URL; what is encoded in a segment belongs to that segment, even a slash */
    Optional<Found> find(String rawPath) {
        List<String> segments = segments(rawPath);
        for (Place place : places) {
            Map<String, String> variables = match(place.segments(), segments);
            if (variables != null) {
                return Optional.of(new Found(place.routes(), variables));
            }
        }
        return Optional.empty();
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            // In a path, other than in a query, a plus is a plus.
            segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return segments;
    }

    private static @Nullable Map<String, String> match(List<String> pattern, List<String> segments) {
        if (pattern.size() != segments.size()) {
            return null;
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < pattern.size(); i++) {
            String expected = pattern.get(i);
            String segment = segments.get(i);
            if (expected.startsWith("{") && !segment.isEmpty()) {
                variables.put(expected.substring(1, expected.length() - 1), segment);
            } else if (!expected.equals(segment)) {
                return null;
            }
        }
        return variables;
    }
}
