package io.tapetum.server.cli.view;

import java.util.List;

import io.tapetum.server.admin.Json;
import io.tapetum.server.source.SourceStatus;

/** Sources of peers for people: a line each, and one for every problem. */
public final class SourceLines {

    private SourceLines() {}

    public static void print(List<SourceStatus> sources, Screen screen) {
        for (SourceStatus source : sources) {
            screen.line(Cell.of("Peers from " + source.name() + ": "),
                    new Cell(Json.word(source.state()), ink(source.state())),
                    Cell.of(" for " + Words.duration(source.sinceState())
                            + (source.detail().isEmpty() ? "" : ", " + source.detail())));
            source.problems().forEach(problem -> screen.line("  " + problem));
        }
    }

    private static Ink ink(SourceStatus.State state) {
        return switch (state) {
            case LIVE -> Ink.GOOD;
            case SYNCING -> Ink.DOUBTFUL;
            case LOST, FROZEN -> Ink.BAD;
        };
    }
}
