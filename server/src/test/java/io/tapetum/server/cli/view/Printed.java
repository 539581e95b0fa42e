package io.tapetum.server.cli.view;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** What stands on a screen, in Greenwich, at noon of the day of the stub reflector. */
final class Printed {

    private static final Instant NOW = Instant.parse("2020-03-01T12:05:00Z");

    /** A terminal with everything. */
    static final Screen.Look TERMINAL = new Screen.Look(80, true, true);

    private Printed() {}

    /** In a file. */
    static String plain(Consumer<Screen> printing) {
        return on(Screen.Look.PLAIN, printing);
    }

    static String on(Screen.Look look, Consumer<Screen> printing) {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        printing.accept(new Screen(printer, look, NOW, ZoneOffset.UTC));
        printer.flush();
        return out.toString();
    }
}
