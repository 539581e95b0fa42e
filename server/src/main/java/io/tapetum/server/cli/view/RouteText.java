package io.tapetum.server.cli.view;

import io.tapetum.server.inquiry.Route;

/** A prefix with all there is of its paths. */
public final class RouteText {

    private RouteText() {}

    public static void print(Route route, Screen screen) {
        screen.title(route.prefix() + ": " + Words.count(route.paths().size(), "path"));
        PathText.print(route.paths(), screen);
    }
}
