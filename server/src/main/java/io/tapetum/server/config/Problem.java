package io.tapetum.server.config;

/**
 * One thing an operator has to change.
 *
 * @param file where it is written, or another name of its origin
 * @param line in that file, from 1, or 0 if it is not known
 * @param sentence key, offending value and what was expected
 */
public record Problem(String file, int line, String sentence) {

    /** File and line, as far as they are known: {@code /etc/tapetum.conf:12}. */
    public String place() {
        return line > 0 ? file + ":" + line : file;
    }

    @Override
    public String toString() {
        return place() + ": " + sentence;
    }
}
