package io.tapetum.server.admin;

import java.util.function.Function;

/**
 * Something that a reflector can be asked without changing anything.
 *
 * @param path of the URL, with the query
 * @param reader makes of the answer's octets what they say; throws {@link IllegalArgumentException} if they are no such
 *            answer
 */
public record Question<T>(String path, Function<byte[], T> reader) {

    /** One whose answer is a record. */
    static <T> Question<T> of(String path, Class<T> type) {
        return new Question<>(path, answer -> Json.read(answer, type));
    }
}
