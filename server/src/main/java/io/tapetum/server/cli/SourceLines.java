package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

import io.tapetum.server.source.SourceStatus;

/** Sources of peers for people: a line each, and one for every problem. */
final class SourceLines {

    private SourceLines() {}

    static void print(List<SourceStatus> sources, PrintWriter out) {
        for (SourceStatus source : sources) {
            out.println("Peers from " + source.name() + ": " + source.state().name().toLowerCase(Locale.ROOT) + " for "
                    + SessionTable.shown(source.sinceState())
                    + (source.detail().isEmpty() ? "" : ", " + source.detail()));
            source.problems().forEach(problem -> out.println("  " + problem));
        }
    }
}
