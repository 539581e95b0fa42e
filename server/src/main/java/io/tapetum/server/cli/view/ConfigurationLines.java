package io.tapetum.server.cli.view;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** A configuration, a key a line: its value, and behind a # where that comes from. */
public final class ConfigurationLines {

    /** Beyond this, values push their sources to the right one by one. */
    private static final int WIDEST_COLUMN = 60;

    /** What a line says, before the # and behind it. */
    private record Assignment(String text, String source) {}

    private ConfigurationLines() {}

    /** Prints an object that has for each key another one with its value and source. */
    public static void print(JsonNode configuration, Screen screen) {
        List<Assignment> lines = new ArrayList<>();
        configuration.properties().forEach(key -> lines.add(new Assignment(
                key.getKey() + " = " + key.getValue().path("value"), key.getValue().path("source").asText())));
        int width = lines.stream().mapToInt(line -> line.text().length()).filter(length -> length <= WIDEST_COLUMN)
                .max().orElse(0);
        for (Assignment line : lines) {
            String gap = " ".repeat(Math.max(0, width - line.text().length()));
            screen.line(Cell.of(line.text() + gap), new Cell("  # " + line.source(), Ink.FAINT));
        }
    }
}
