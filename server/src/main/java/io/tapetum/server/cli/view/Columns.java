package io.tapetum.server.cli.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines in columns that are as wide as they must be, two blanks apart. On a terminal the last column, which is for text of
 * any length, ends where the terminal does.
 */
public final class Columns {

    private static final int GAP = 2;

    /** Less of a text says nothing. */
    private static final int LEAST = 10;

    private final List<Cell> head;
    private final int[] widths;
    private final List<List<Cell>> rows = new ArrayList<>();
    private boolean headed;

    /** With these words above the columns. */
    public Columns(List<String> head) {
        this.head = head.stream().map(word -> new Cell(word, Ink.HEAD)).toList();
        this.widths = new int[head.size()];
        widen(this.head);
    }

    /** Adds a line, with as many words as the head has. */
    public void add(List<String> row) {
        addCells(row.stream().map(Cell::of).toList());
    }

    /** The same with words that stand out. */
    void addCells(List<Cell> row) {
        rows.add(row);
        widen(row);
    }

    private void widen(List<Cell> row) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], row.get(column).width());
        }
    }

    /** Whether there is nothing below the head. */
    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Prints what was added since the last time, below the head the first time. Columns only ever become wider. */
    public void print(Screen screen) {
        print(screen, "");
    }

    /** The same, with something before each line. */
    void print(Screen screen, String indent) {
        if (!headed) {
            line(screen, indent, head);
            headed = true;
        }
        rows.forEach(row -> line(screen, indent, row));
        rows.clear();
    }

    private void line(Screen screen, String indent, List<Cell> row) {
        List<Cell> line = new ArrayList<>();
        line.add(Cell.of(indent));
        int used = indent.length();
        for (int column = 0; column < widths.length - 1; column++) {
            Cell cell = row.get(column);
            line.add(cell);
            line.add(Cell.of(" ".repeat(widths[column] - cell.width() + GAP)));
            used += widths[column] + GAP;
        }
        line.add(row.getLast().cut(Math.max(LEAST, screen.look().width() - used), screen.cut()));
        screen.line(line.toArray(Cell[]::new));
    }
}
