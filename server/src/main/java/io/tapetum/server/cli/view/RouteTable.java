package io.tapetum.server.cli.view;

import java.util.Comparator;
import java.util.List;

import io.tapetum.server.admin.Json;
import io.tapetum.server.inquiry.Route;
import io.tapetum.server.inquiry.RouteAttributes;
import io.tapetum.server.inquiry.RoutePath;
import io.tapetum.wire.nlri.Prefix;

/**
 * Routes, a path a line, printed page by page, so that a whole table is never in memory. Each page is sorted by itself: the
 * table of the reflector has no order that people know.
 */
public final class RouteTable {

    private static final Comparator<Prefix> ORDER = Comparator.comparing(Prefix::family)
            .thenComparing(Prefix::high, Long::compareUnsigned).thenComparing(Prefix::low, Long::compareUnsigned)
            .thenComparingInt(Prefix::length);

    private static final List<String> HEAD = List.of("", "PREFIX", "NEXT HOP", "LOCAL-PREF", "MED", "FROM", "AS PATH");
    private static final List<String> WIDE = List.of("", "PREFIX", "NEXT HOP", "LOCAL-PREF", "MED", "ORIGIN", "FROM",
            "LOST BY", "ORIGINATOR", "CLUSTERS", "COMMUNITIES", "AS PATH");

    private final Columns columns;
    private final boolean wide;
    private final Screen screen;

    /** @param wide whether more than the usual attributes are shown */
    public RouteTable(boolean wide, Screen screen) {
        this.columns = new Columns(wide ? WIDE : HEAD);
        this.wide = wide;
        this.screen = screen;
    }

    /** Prints one more page. */
    public void print(List<Route> page) {
        page.stream().sorted(Comparator.comparing(Route::prefix, ORDER))
                .forEach(route -> route.paths().forEach(path -> columns.addCells(row(route.prefix(), path))));
        columns.print(screen);
        screen.flush();
    }

    private List<Cell> row(Prefix prefix, RoutePath path) {
        RouteAttributes with = path.attributes();
        Cell mark = mark(path);
        String med = with.med() == null ? "-" : with.med().toString();
        if (!wide) {
            return List.of(mark, Cell.of(prefix.toString()), Cell.of(with.nextHop()), Cell.of(with.localPref()),
                    Cell.of(med), Cell.of(path.peer()), asPath(with));
        }
        return List.of(mark, Cell.of(prefix.toString()), Cell.of(with.nextHop()), Cell.of(with.localPref()),
                Cell.of(med), Cell.of(with.origin()), Cell.of(path.peer()),
                Cell.of(path.lostBy() == null ? "-" : Json.word(path.lostBy())),
                Cell.of(with.originatorId() == null ? "-" : with.originatorId()), list(with.clusterList()),
                list(with.communities()), asPath(with));
    }

    private static Cell mark(RoutePath path) {
        String best = path.best() ? "*" : " ";
        if (path.heldFor() != null) {
            return new Cell(best + "h", Ink.DOUBTFUL);
        }
        return new Cell(best, path.best() ? Ink.GOOD : Ink.PLAIN);
    }

    private static Cell asPath(RouteAttributes attributes) {
        return Cell.of(attributes.asPath().isEmpty() ? "-" : attributes.asPath());
    }

    private static Cell list(List<String> values) {
        return Cell.of(values.isEmpty() ? "-" : String.join(",", values));
    }
}
