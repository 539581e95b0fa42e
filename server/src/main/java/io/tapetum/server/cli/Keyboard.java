package io.tapetum.server.cli;

import java.io.Console;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/** Where operators type or pipe what must not stand on a command line, which everybody on the host can read. */
interface Keyboard {

    /** That of this process. */
    @SuppressWarnings("SystemConsoleNull") // From JDK 25 on it may be null again: without a terminal, it is.
    static Keyboard ofThisProcess() {
        @Nullable
        Console console = System.console();
        return new Keyboard() {
            @Override
            public boolean isTerminal() {
                return console != null && console.isTerminal();
            }

            @Override
            public char @Nullable [] typed(String prompt) {
                return console == null ? null : console.readPassword("%s", prompt);
            }

            @Override
            public @Nullable String line(String prompt) {
                return console == null ? null : console.readLine("%s", prompt);
            }

            @Override
            public InputStream piped() {
                return System.in;
            }
        };
    }

    /** Whether there is somebody to ask. */
    boolean isTerminal();

    /** A line that is not shown while it is typed, which the caller wipes; {@code null} if there will be none. */
    char @Nullable [] typed(String prompt);

    /** A line that is shown while it is typed; {@code null} if there will be none. */
    @Nullable
    String line(String prompt);

    /** Standard input, if it is no terminal. */
    InputStream piped();
}
