package io.tapetum.server.admin;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * A parameter of a query.
 *
 * @param name in the URL
 * @param expected what its value must be, behind "expected"
 * @param reader makes of the text what it says; empty if it says nothing that can be used
 */
public record Parameter<T>(String name, String expected, Function<String, Optional<T>> reader) {

    /** Characters of a text that somebody gives; all names and tokens of ours have fewer. */
    private static final int MAX_TEXT = 512;

    /** Text that means something to somebody else. */
    public static Parameter<String> text(String name, String expected) {
        return new Parameter<>(name, expected,
                text -> text.isEmpty() || text.length() > MAX_TEXT ? Optional.empty() : Optional.of(text));
    }

    /** A whole number within bounds, both inclusive. */
    public static Parameter<Long> number(String name, long least, long most) {
        String expected = most == Long.MAX_VALUE
                ? "a number from " + least + " on"
                : "a number from " + least + " to " + most;
        return new Parameter<>(name, expected, text -> {
            try {
                return Optional.of(Long.parseLong(text)).filter(number -> number >= least && number <= most);
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        });
    }

    /** A constant, by its word. */
    public static <E extends Enum<E>> Parameter<E> word(String name, Collection<E> constants) {
        SequencedMap<String, E> words = new LinkedHashMap<>();
        constants.forEach(constant -> words.put(Json.word(constant), constant));
        return word(name, words);
    }

    /** One of these words, in any case. */
    public static <T> Parameter<T> word(String name, SequencedMap<String, T> words) {
        Map<String, T> folded = new LinkedHashMap<>();
        words.forEach((word, value) -> folded.put(word.toLowerCase(Locale.ROOT), value));
        return new Parameter<>(name, "one of " + String.join(", ", words.keySet()),
                text -> Optional.ofNullable(folded.get(text.toLowerCase(Locale.ROOT))));
    }

    /** Something that is there, or is not. */
    public static Parameter<Boolean> flag(String name) {
        return new Parameter<>(name, "nothing, true or false", text -> switch (text) {
            case "", "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** The value; throws with a sentence if the text cannot be used. */
    T read(String text) throws RefusedException {
        return reader.apply(text).orElseThrow(() -> RefusedException.badRequest(problem(text)));
    }

    private String problem(String text) {
        String shown = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
        return name + " is \"" + shown + "\", expected " + expected;
    }
}
