package io.tapetum.server.inquiry;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of routes. They come in the order of the table, which is none that people know; a route that is there all the
 * while is on exactly one page, or, after the table has grown, perhaps on two.
 *
 * @param next what the query for the next page says, or {@code null} after the last
 */
public record RoutePage(List<Route> routes, @Nullable String next) {

    public RoutePage {
        routes = List.copyOf(routes);
    }
}
