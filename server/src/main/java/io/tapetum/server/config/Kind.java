package io.tapetum.server.config;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A kind of value that is written as one word or number.
 *
 * @param expected what it looks like, to end the sentence "expected …"
 * @param standIn what takes the place of a value that could not be read, so that the rest can be read too; no settings
 *            ever contain it, because a problem was recorded
 * @param parse from the text to the value, or to {@code null} if the text is not of this kind
 */
record Kind<T>(String expected, T standIn, Function<String, @Nullable T> parse) {

    /** This kind, or a word that stands for one of its values. */
    Kind<T> or(String word, T meaning) {
        return new Kind<>(word + ", or " + expected, standIn,
                text -> text.equals(word) ? meaning : parse.apply(text));
    }
}
