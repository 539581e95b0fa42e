package io.tapetum.server.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** The parameters of a request, all of which are known and have values that can be used. */
final class Query {

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a query. What is wrong with it is told all at once.
     *
     * @param raw as it stands in the URL, or {@code null} if it has none
     */
    static Query parse(@Nullable String raw, Route route) throws RefusedException {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                if (values.putIfAbsent(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                    problems.add(name + " is there twice");
                }
            }
        }
        check(values, route, problems);
        if (!problems.isEmpty()) {
            throw RefusedException.badRequest(String.join("; ", problems));
        }
        return new Query(values);
    }

    private static void check(Map<String, String> values, Route route, List<String> problems) {
        List<String> known = route.parameters().stream().map(Parameter::name).toList();
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                problems.add("there is no parameter " + name + " here, "
                        + (known.isEmpty() ? "and no other" : "only " + String.join(", ", known)));
            }
        }
        for (Parameter<?> parameter : route.needed()) {
            if (!values.containsKey(parameter.name())) {
                problems.add(parameter.name() + " is missing, expected " + parameter.expected());
            }
        }
        for (Parameter<?> parameter : route.parameters()) {
            String value = values.get(parameter.name());
            if (value != null) {
                try {
                    Object _ = parameter.read(value);
                } catch (RefusedException e) {
                    problems.add(e.sentence());
                }
            }
        }
    }

    /** The value of a parameter, if it is there. */
    <T> Optional<T> get(Parameter<T> parameter) {
        return Optional.ofNullable(values.get(parameter.name())).flatMap(parameter.reader());
    }

    // A percent sign without two digits has been refused with the whole URL before.
    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
