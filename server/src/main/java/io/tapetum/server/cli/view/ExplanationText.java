package io.tapetum.server.cli.view;

import io.netty.util.NetUtil;

import io.tapetum.core.inquiry.Standing;
import io.tapetum.server.admin.Json;
import io.tapetum.server.inquiry.Explanation;
import io.tapetum.server.inquiry.Explanation.Outcome;
import io.tapetum.server.inquiry.Explanation.RefusedPath;
import io.tapetum.server.inquiry.Explanation.Step;

/** Why a peer has a prefix, or has it not: the answer first, and then how it comes about. */
public final class ExplanationText {

    private ExplanationText() {}

    public static void print(Explanation explanation, Screen screen) {
        screen.line(new Cell(explanation.prefix() + " at " + explanation.peer() + " ("
                + NetUtil.toAddressString(explanation.address()) + "): ", Ink.HEAD),
                new Cell(Json.word(explanation.verdict()), ink(explanation.verdict())));
        screen.line(explanation.summary());
        if (!explanation.steps().isEmpty()) {
            screen.line();
            screen.title("The way of the prefix");
            int number = 1;
            for (Step step : explanation.steps()) {
                screen.line(Cell.of("%3d. ".formatted(number++)), mark(step.outcome(), screen),
                        Cell.of(" %-10s  %s".formatted(Json.word(step.stage()), step.text())));
            }
        }
        if (!explanation.paths().isEmpty()) {
            screen.line();
            screen.title("Paths that may be used");
            PathText.print(explanation.paths(), screen);
        }
        if (!explanation.refused().isEmpty()) {
            screen.line();
            screen.title("Announcements that were refused");
            for (RefusedPath refused : explanation.refused()) {
                screen.line(Cell.of("    from " + refused.peer() + " (" + NetUtil.toAddressString(refused.address())
                        + "), last at " + screen.time(refused.last()) + ": "),
                        new Cell(refused.reason(), Ink.BAD));
            }
        }
    }

    private static Ink ink(Standing verdict) {
        return switch (verdict) {
            case SENT -> Ink.GOOD;
            case ON_ITS_WAY, OWN -> Ink.DOUBTFUL;
            case WITHHELD, TOO_LONG, REFUSED, NO_PATH, NOT_NEGOTIATED, NO_SESSION -> Ink.BAD;
        };
    }

    private static Cell mark(Outcome outcome, Screen screen) {
        boolean unicode = screen.look().unicode();
        return switch (outcome) {
            case PASSED -> new Cell(unicode ? "✓" : "ok  ", Ink.GOOD);
            case STOPPED -> new Cell(unicode ? "✗" : "stop", Ink.BAD);
            case WAITING -> new Cell(unicode ? "…" : "wait", Ink.DOUBTFUL);
        };
    }
}
