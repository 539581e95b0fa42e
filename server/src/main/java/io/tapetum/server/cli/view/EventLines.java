package io.tapetum.server.cli.view;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.tapetum.server.admin.Json;
import io.tapetum.server.journal.JournalEntry;
import io.tapetum.server.journal.Severity;

/** Events, a line each, in the order in which they come. */
public final class EventLines {

    private static final List<String> HEAD = List.of("TIME", "SEVERITY", "KIND", "PEER", "WHAT HAPPENED");
    private static final List<String> WIDE = List.of("SEQUENCE", "TIME", "SEVERITY", "KIND", "PEER", "ADDRESS",
            "DETAILS", "WHAT HAPPENED");

    private final Columns columns;
    private final boolean wide;
    private final Screen screen;

    /** @param wide whether everything that is known of an event is shown */
    public EventLines(boolean wide, Screen screen) {
        this.columns = new Columns(wide ? WIDE : HEAD);
        this.wide = wide;
        this.screen = screen;
    }

    /** Prints some more. */
    public void print(List<JournalEntry> entries) {
        entries.forEach(entry -> columns.addCells(row(entry)));
        columns.print(screen);
        screen.flush();
    }

    /** Events that nobody can read any more. */
    public void missed(long count) {
        if (count > 0) {
            screen.line(new Cell("(" + Words.count(count, "event") + " came and went in between)", Ink.DOUBTFUL));
        }
    }

    private List<Cell> row(JournalEntry entry) {
        Cell severity = new Cell(Json.word(entry.severity()), ink(entry.severity()));
        Cell time = Cell.of(screen.time(entry.time()));
        Cell peer = Cell.of(entry.peer() != null ? entry.peer() : entry.address() != null ? entry.address() : "-");
        if (!wide) {
            return List.of(time, severity, Cell.of(entry.kind()), peer, Cell.of(entry.text()));
        }
        String details = entry.details().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(detail -> detail.getKey() + "=" + detail.getValue())
                .collect(Collectors.joining(","));
        return List.of(Cell.of(entry.sequence()), time, severity, Cell.of(entry.kind()), peer,
                Cell.of(entry.address() == null ? "-" : entry.address()), Cell.of(details.isEmpty() ? "-" : details),
                Cell.of(entry.text()));
    }

    static Ink ink(Severity severity) {
        return switch (severity) {
            case INFO -> Ink.PLAIN;
            case WARN -> Ink.DOUBTFUL;
            case ERROR -> Ink.BAD;
        };
    }
}
