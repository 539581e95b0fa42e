package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Lines in columns that are as wide as they must be, two blanks apart. */
final class Columns {

    private final List<List<String>> rows = new ArrayList<>();

    /** With these words above the columns. */
    Columns(List<String> head) {
        rows.add(head);
    }

    /** Adds a line, with as many words as the head has. */
    void add(List<String> row) {
        rows.add(row);
    }

    void print(PrintWriter out) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                line.append(row.get(column)).repeat(' ', widths[column] - row.get(column).length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
