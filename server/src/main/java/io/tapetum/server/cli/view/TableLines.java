package io.tapetum.server.cli.view;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

import io.tapetum.server.admin.Json;
import io.tapetum.server.reflector.TableStatus;

/** The sizes of the routing tables. */
public final class TableLines {

    private TableLines() {}

    public static void print(TableStatus tables, Screen screen) {
        Columns columns = new Columns(List.of("FAMILY", "PREFIXES", "PATHS"));
        new TreeMap<>(tables.families()).forEach((family, size) -> columns
                .add(List.of(Json.word(family), Integer.toString(size.prefixes()), Long.toString(size.paths()))));
        columns.print(screen);
        screen.line("with " + Words.count(tables.attributeSets(), "different set") + " of attributes");
    }

    /** All families in a line. */
    static String sum(Collection<TableStatus.Size> families) {
        long prefixes = families.stream().mapToLong(TableStatus.Size::prefixes).sum();
        long paths = families.stream().mapToLong(TableStatus.Size::paths).sum();
        return Words.count(prefixes, "prefix") + " with " + Words.count(paths, "path");
    }
}
