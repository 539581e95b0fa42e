package io.tapetum.server.cli.view;

/** How a word stands out where there are colours; no word needs them to be understood. */
public enum Ink {
    /** It does not. */
    PLAIN(""),
    /** Above a section. */
    HEAD("1"),
    /** As it should be. */
    GOOD("32"),
    /** On its way, or soon in need of somebody. */
    DOUBTFUL("33"),
    /** Not as it should be. */
    BAD("31"),
    /** Not what the reader looks for first. */
    FAINT("2"),
    /** New since the last look. */
    CHANGED("7");

    private static final String ESCAPE = "\u001b[";

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** The text between the sequences that a terminal understands (ECMA-48 §8.3.117). */
    String around(String text) {
        return code.isEmpty() || text.isEmpty() ? text : ESCAPE + code + 'm' + text + ESCAPE + "0m";
    }
}
