package io.tapetum.server.health;

/**
 * Something that has to be so.
 *
 * @param name in one word
 * @param passed whether it is so
 * @param text how it stands, in a sentence without names or addresses, for it is told to anybody; empty if there is nothing
 *            to say
 */
public record Check(String name, boolean passed, String text) {

    static Check passed(String name) {
        return new Check(name, true, "");
    }

    static Check failed(String name, String text) {
        return new Check(name, false, text);
    }
}
