package io.tapetum.interop.speaker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

import com.typesafe.config.ConfigFactory;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON document, or nothing: looking into what is not there gives nothing again.
 *
 * @param value a map, list, string, number or boolean; {@code null} for nothing
 */
record Json(@Nullable Object value) {

    /** Any JSON value. HOCON, whose parser this is, wants an object at the top. */
    static Json parse(String text) {
        return new Json(ConfigFactory.parseString("{\"top\": " + text + "}").root().unwrapped()).get("top");
    }

    Json get(String key) {
        return new Json(value instanceof Map<?, ?> map ? map.get(key) : null);
    }

    /** The elements of a list; none if it is something else. */
    Stream<Json> elements() {
        return value instanceof List<?> list ? list.stream().map(Json::new) : Stream.empty();
    }

    Optional<String> text() {
        return Optional.ofNullable(value).map(Object::toString);
    }

    /** The elements of a list as text. */
    List<String> texts() {
        return elements().flatMap(element -> element.text().stream()).toList();
    }

    OptionalLong number() {
        return value instanceof Number number ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }
}
