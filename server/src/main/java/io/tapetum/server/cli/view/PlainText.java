package io.tapetum.server.cli.view;

import java.util.regex.Pattern;

import io.tapetum.server.journal.OneLine;

/**
 * Text of others (a shutdown communication, the name of a peer) before a terminal gets it. A terminal obeys control
 * characters, so that whoever sends them could hide lines, or make new ones.
 */
public final class PlainText {

    private static final Pattern HIDDEN = Pattern.compile(OneLine.HIDDEN);

    private PlainText() {}

    /** The same with a question mark for everything that could be obeyed or could not be seen. */
    public static String of(String text) {
        return HIDDEN.matcher(text).replaceAll("?");
    }

    /**
     * JSON with an escape for every such character, except the line breaks between its members. It says the same: outside
     * of its texts JSON has none.
     */
    public static String json(String json) {
        return HIDDEN.matcher(json).replaceAll(
                found -> found.group().equals("\n") || found.group().equals("\r")
                        ? found.group()
                        : escaped(found.group()));
    }

    private static String escaped(String hidden) {
        StringBuilder escaped = new StringBuilder();
        hidden.chars().forEach(half -> escaped.append("\\\\u%04x".formatted(half)));
        return escaped.toString();
    }
}
