package io.tapetum.server.cli.view;

/**
 * Some words of a line.
 *
 * @param text without control characters; {@link PlainText} makes it so
 */
public record Cell(String text, Ink ink) {

    public Cell {
        text = PlainText.of(text);
    }

    /** Words that do not stand out. */
    public static Cell of(String text) {
        return new Cell(text, Ink.PLAIN);
    }

    /** A number. */
    public static Cell of(long number) {
        return of(Long.toString(number));
    }

    /** The same, which has changed. */
    Cell changed() {
        return new Cell(text, Ink.CHANGED);
    }

    /** How much of a line it takes, if every character is as wide as any other. */
    int width() {
        return text.codePointCount(0, text.length());
    }

    /** The beginning of it, with a mark for what is left out. */
    Cell cut(int width, String mark) {
        if (width() <= width) {
            return this;
        }
        int kept = Math.max(0, width - mark.length());
        return new Cell(text.substring(0, text.offsetByCodePoints(0, kept)) + mark, ink);
    }
}
