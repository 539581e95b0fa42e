package io.tapetum.server.cli.view;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Where answers are written, line by line. Whatever a line says, the terminal gets no control characters with it but those
 * of {@link Ink}. For one thread.
 */
public final class Screen {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private final PrintWriter out;
    private final Look look;
    private final Instant now;
    private final ZoneId zone;

    /**
     * What can be done there.
     *
     * @param width characters in a line; {@link Integer#MAX_VALUE} where lines do not end
     * @param colours whether there are any
     * @param unicode whether there are other characters than those of ASCII
     */
    public record Look(int width, boolean colours, boolean unicode) {

        /** What a file or another program is written. */
        public static final Look PLAIN = new Look(Integer.MAX_VALUE, false, false);
    }

    public Screen(PrintWriter out, Look look, Instant now, ZoneId zone) {
        this.out = out;
        this.look = look;
        this.now = now;
        this.zone = zone;
    }

    /** An empty line. */
    public void line() {
        out.println();
    }

    /** A line of any length. */
    public void line(String text) {
        out.println(PlainText.of(text));
    }

    /** A line of words that stand out or not. */
    public void line(Cell... cells) {
        StringBuilder line = new StringBuilder();
        for (Cell cell : cells) {
            line.append(look.colours() ? cell.ink().around(cell.text()) : cell.text());
        }
        out.println(line.toString().stripTrailing());
    }

    /** A word above some lines. */
    public void title(String text) {
        line(new Cell(text, Ink.HEAD));
    }

    /** Lets whoever reads have what was written. */
    public void flush() {
        out.flush();
    }

    Look look() {
        return look;
    }

    Instant now() {
        return now;
    }

    ZoneId zone() {
        return zone;
    }

    /** Of a moment, the date and the time of day here. */
    String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    /** What marks a text that is cut. */
    String cut() {
        return look.unicode() ? "…" : "...";
    }
}
