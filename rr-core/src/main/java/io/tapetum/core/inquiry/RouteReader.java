package io.tapetum.core.inquiry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.Path;
import io.tapetum.rib.PrefixPaths;
import io.tapetum.rib.RouteSource;
import io.tapetum.rib.TableScan;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/**
 * Reads routes out of the tables. Any thread may call; who asks for much waits for himself, while the locks of the tables
 * are held for a moment at a time.
 */
public final class RouteReader {

    /** A prefix that everybody announces may have thousands of paths: a page ends rather than hold more than this. */
    private static final int MAX_PATHS = 20_000;

    private final RoutingTables tables;

    public RouteReader(RoutingTables tables) {
        this.tables = tables;
    }

    /**
     * A prefix, and the paths of it that a view shows.
     *
     * @param best of all paths of the prefix, shown or not
     * @param paths at least one, best first
     */
    public record FoundRoute(Prefix prefix, Path best, List<Path> paths) {}

    /**
     * A part of what there is, in the order of the table.
     *
     * @param routes at most as many as were asked for; fewer where they have very many paths
     * @param last where the next page begins, or {@code null} if there is nothing more
     */
    public record Page(List<FoundRoute> routes, @Nullable Prefix last) {}

    /** The route of exactly this prefix. */
    public Optional<FoundRoute> exact(RouteView view, Prefix prefix) {
        PrefixPaths route = table(prefix.family()).route(prefix.high(), prefix.low(), prefix.length());
        return Optional.ofNullable(route == null ? null : found(view, prefix.family(), route));
    }

    /** The route with the longest prefix that contains this one, or is it. */
    public Optional<FoundRoute> longest(RouteView view, Prefix prefix) {
        for (int length = prefix.length(); length >= 0; length--) {
            Optional<FoundRoute> route = exact(view, new Prefix(prefix.family(), prefix.high(), prefix.low(), length));
            if (route.isPresent()) {
                return route;
            }
        }
        return Optional.empty();
    }

    /**
     * A page of routes.
     *
     * @param within only routes of this prefix and of those that it contains, or {@code null} for all
     * @param after the last of the page before, or {@code null} for the first page
     * @param limit how many at most
     */
    public Page page(RouteView view, Family family, @Nullable Prefix within, @Nullable Prefix after, int limit) {
        TableScan.Wanted wanted = new Wanted(view, within);
        TableScan scan = after == null
                ? table(family).scan(wanted)
                : table(family).scanAfter(after.high(), after.low(), after.length(), wanted);
        List<FoundRoute> routes = new ArrayList<>();
        int paths = 0;
        List<PrefixPaths> step = new ArrayList<>();
        boolean finished;
        do {
            finished = scan.step(step);
            for (PrefixPaths route : step) {
                FoundRoute found = found(view, family, route);
                if (found == null) {
                    continue;
                }
                if (routes.size() == limit || paths > MAX_PATHS) {
                    return new Page(routes, routes.getLast().prefix());
                }
                routes.add(found);
                paths += found.paths().size();
            }
            step.clear();
        } while (!finished);
        return new Page(routes, null);
    }

    private static @Nullable FoundRoute found(RouteView view, Family family, PrefixPaths route) {
        List<Path> shown = view.shown(route);
        return shown.isEmpty()
                ? null
                : new FoundRoute(new Prefix(family, route.high(), route.low(), route.length()), route.best(), shown);
    }

    private AdjRibIn table(Family family) {
        return tables.adjRibIn(family);
    }

    private record Wanted(RouteView view, @Nullable Prefix within) implements TableScan.Wanted {

        @Override
        public boolean prefix(long high, long low, int length) {
            return within == null || within.contains(high, low, length);
        }

        @Override
        public boolean path(RouteSource source, boolean best) {
            return view.wants(source, best);
        }
    }
}
