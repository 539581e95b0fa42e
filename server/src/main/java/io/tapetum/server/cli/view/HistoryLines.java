package io.tapetum.server.cli.view;

import java.util.List;

import io.tapetum.server.admin.Json;
import io.tapetum.server.inquiry.PrefixHistory;
import io.tapetum.server.inquiry.PrefixHistory.Entry;

/** What has happened to a prefix, oldest first. */
public final class HistoryLines {

    private HistoryLines() {}

    public static void print(PrefixHistory history, Screen screen) {
        screen.line(history.prefix() + ": recorded since " + screen.time(history.since()) + ", until "
                + screen.time(history.until()));
        if (history.forgotten() > 0) {
            screen.line("(" + history.forgotten() + " older are forgotten)");
        }
        if (history.entries().isEmpty()) {
            screen.line("Nothing has happened since.");
            return;
        }
        Columns columns = new Columns(List.of("TIME", "WHAT", "PEER", "HOW"));
        for (Entry entry : history.entries()) {
            columns.addCells(List.of(Cell.of(screen.time(entry.time())),
                    new Cell(Json.word(entry.what()), ink(entry.what())), Cell.of(entry.peer()),
                    Cell.of(entry.text())));
        }
        columns.print(screen);
    }

    private static Ink ink(PrefixHistory.What what) {
        return switch (what) {
            case ANNOUNCED -> Ink.GOOD;
            case WITHDRAWN -> Ink.DOUBTFUL;
            case REFUSED, PURGED -> Ink.BAD;
        };
    }
}
