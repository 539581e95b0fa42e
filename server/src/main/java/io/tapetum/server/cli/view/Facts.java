package io.tapetum.server.cli.view;

import java.util.ArrayList;
import java.util.List;

/** A section of a page: a title, and below it names with what they say, in two columns. */
final class Facts {

    private static final String INDENT = "  ";

    private final String title;
    private final List<Cell> names = new ArrayList<>();
    private final List<Cell> values = new ArrayList<>();

    Facts(String title) {
        this.title = title;
    }

    Facts add(String name, Cell value) {
        names.add(Cell.of(name));
        values.add(value);
        return this;
    }

    Facts add(String name, String value) {
        return add(name, Cell.of(value));
    }

    void print(Screen screen) {
        screen.title(title);
        int width = names.stream().mapToInt(Cell::width).max().orElse(0);
        for (int i = 0; i < names.size(); i++) {
            Cell name = names.get(i);
            screen.line(Cell.of(INDENT), name, Cell.of(" ".repeat(width - name.width() + INDENT.length())),
                    values.get(i));
        }
    }
}
