package io.tapetum.server.cli.view;

import java.time.Duration;

import io.tapetum.server.admin.ReflectorState;
import io.tapetum.server.health.Check;

/** The reflector as a whole, in a few lines. */
public final class StatusLines {

    private StatusLines() {}

    public static void print(ReflectorState state, Screen screen) {
        screen.line("Version " + state.version() + ", router id " + state.routerId() + ", up for "
                + Words.duration(Duration.between(state.started(), screen.now())));
        if (state.ready()) {
            screen.line(new Cell("Ready", Ink.GOOD));
        } else {
            screen.line(new Cell("Not ready", Ink.BAD));
        }
        for (Check check : state.readiness()) {
            // A check that has passed may say something, too: a source that is lost, say.
            if (!check.passed() || !check.text().isEmpty()) {
                screen.line(Cell.of("  " + check.name() + ": "),
                        new Cell(check.text(), check.passed() ? Ink.DOUBTFUL : Ink.BAD));
            }
        }
        ReflectorState.Totals totals = state.totals();
        screen.line(Words.count(totals.sessions(), "session") + ", " + totals.established() + " of them established; "
                + TableLines.sum(totals.tables().values()));
    }
}
