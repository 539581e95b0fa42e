package io.tapetum.server.admin;

import java.util.stream.Collectors;

/** Requests that the stub has an answer to. */
final class Examples {

    private Examples() {}

    /** A path of a route, with everything that it needs. */
    static String url(Route route) {
        String query = route.needed().stream().map(parameter -> switch (parameter.name()) {
            case "peer" -> "peer=node-1";
            case "prefix" -> "prefix=10.3.0.0/24";
            default -> throw new IllegalArgumentException("no example of " + parameter.name());
        }).collect(Collectors.joining("&"));
        return route.path().replace("{peer}", "node-1") + (query.isEmpty() ? "" : "?" + query);
    }
}
