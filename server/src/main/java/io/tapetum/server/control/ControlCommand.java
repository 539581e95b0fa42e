package io.tapetum.server.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client asks for. */
sealed interface ControlCommand {

    /** {@code show status}. */
    record ShowStatus() implements ControlCommand {}

    /** {@code show protocols}, {@code show protocols all}, either with a name or a pattern in quotes. */
    record ShowProtocols(boolean all, Selection selection) implements ControlCommand {}

    /** {@code restrict}: what a client asks for that only wants to read. */
    record Restrict() implements ControlCommand {}

    /** Something that would change the reflector. */
    record Change() implements ControlCommand {}

    /** Anything else. */
    record Unknown() implements ControlCommand {}

    /** Words, text in double quotes, and names in single quotes that are not words. */
    Pattern TOKEN = Pattern
            .compile("\\s*(?:(?<word>[A-Za-z_][A-Za-z0-9_]*)|\"(?<text>[^\"]*)\"|'(?<name>[A-Za-z0-9_.:-]+)')"
                    + "(?=\\s|$)\\s*");

    Set<String> CHANGES = Set.of("configure", "disable", "down", "enable", "reload", "restart");

    /** Reads a line without its end. BIRD's client sends every word whole. */
    static ControlCommand read(String line) {
        List<String> words = new ArrayList<>();
        boolean pattern = false;
        Matcher token = TOKEN.matcher(line);
        int end = 0;
        while (end < line.length()) {
            token.region(end, line.length());
            if (pattern || !token.lookingAt()) {
                return new Unknown();
            }
            pattern = token.group("text") != null;
            String word = token.group("word");
            words.add(word != null ? word : pattern ? token.group("text") : token.group("name"));
            end = token.end();
        }
        if (words.isEmpty()) {
            return new Unknown();
        }
        if (CHANGES.contains(words.getFirst())) {
            return new Change();
        }
        if (words.equals(List.of("restrict"))) {
            return new Restrict();
        }
        if (words.equals(List.of("show", "status")) && !pattern) {
            return new ShowStatus();
        }
        if (words.size() >= 2 && words.subList(0, 2).equals(List.of("show", "protocols"))) {
            return protocols(words.subList(2, words.size()), pattern);
        }
        return new Unknown();
    }

    private static ControlCommand protocols(List<String> arguments, boolean pattern) {
        boolean all = !arguments.isEmpty() && arguments.getFirst().equals("all") && !(pattern && arguments.size() == 1);
        List<String> names = all ? arguments.subList(1, arguments.size()) : arguments;
        return switch (names.size()) {
            case 0 -> new ShowProtocols(all, new Selection.Everything());
            case 1 -> new ShowProtocols(all,
                    pattern ? new Selection.Matching(names.getFirst()) : new Selection.Named(names.getFirst()));
            default -> new Unknown();
        };
    }
}
