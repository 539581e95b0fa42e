package io.tapetum.server.config;

/**
 * Something that must not be shown. Its text is handed out only on demand.
 *
 * @param text what it is
 */
public record Secret(String text) {

    /** What is shown in its place. */
    public static final String MASK = "(secret)";

    @Override
    public String toString() {
        return MASK;
    }
}
