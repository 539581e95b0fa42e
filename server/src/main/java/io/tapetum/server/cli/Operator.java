package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

import io.tapetum.server.cli.view.Screen;

/**
 * Who has typed a command, as far as the program can tell.
 *
 * @param variables of the environment
 * @param keyboard with which questions are answered
 * @param terminal on which the answer is read, if it is
 */
record Operator(Map<String, String> variables, Keyboard keyboard, Terminal terminal) {

    /** Where answers go, in the way in which they can be read there. */
    Screen screen(PrintWriter out) {
        return terminal.isTerminal()
                ? screen(out, terminal.size())
                : screen(out, new Screen.Look(Integer.MAX_VALUE, false, terminal.unicode()));
    }

    /** The same on a terminal of that size. */
    Screen screen(PrintWriter out, Terminal.Size size) {
        return screen(out, new Screen.Look(size.columns(), colours(), terminal.unicode()));
    }

    private static Screen screen(PrintWriter out, Screen.Look look) {
        return new Screen(out, look, Instant.now(), ZoneId.systemDefault());
    }

    /** See no-color.org; a dumb terminal has none. */
    private boolean colours() {
        return variables.getOrDefault("NO_COLOR", "").isEmpty()
                && !variables.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
