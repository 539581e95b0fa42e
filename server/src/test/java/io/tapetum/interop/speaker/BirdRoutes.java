package io.tapetum.interop.speaker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Reads what {@code show route ... all} prints. It has hardly changed between BIRD 1.6 and 2. */
public final class BirdRoutes {
    private static final Pattern PARENTHESES = Pattern.compile("\\(([^)]*)\\)");

    private BirdRoutes() {}

    /** The best of the learned routes. */
    public static Optional<SeenRoute> best(String output) {
        return learned(output).stream().findFirst();
    }

    /** The routes that have BGP attributes, the best first: what the daemon originates itself has none. */
    static List<SeenRoute> learned(String output) {
        List<Map<String, String>> routes = new ArrayList<>();
        for (String line : output.lines().toList()) {
            if (!line.startsWith("\t")) {
                routes.add(new HashMap<>(Map.of("head", line)));
            } else if (line.startsWith("\tBGP.")) {
                String[] pair = line.substring("\tBGP.".length()).split(":", 2);
                routes.getLast().put(pair[0], pair[1].strip());
            }
        }
        return routes.stream().filter(route -> route.containsKey("origin"))
                .sorted(Comparator.comparing(route -> !route.getOrDefault("head", "").contains(" * ")))
                .map(BirdRoutes::seen).toList();
    }

    private static SeenRoute seen(Map<String, String> attributes) {
        return new SeenRoute(words(attributes.get("next_hop")).getFirst(),
                // BIRD cuts a very long path off, perhaps in the middle of a number, with three dots.
                words(attributes.get("as_path")).stream().filter(word -> !word.endsWith("...")).map(Long::valueOf)
                        .toList(),
                attributes.getOrDefault("origin", "").toLowerCase(Locale.ROOT), number(attributes.get("med")),
                number(attributes.get("local_pref")), Optional.ofNullable(attributes.get("originator_id")),
                words(attributes.get("cluster_list")), tuples(attributes.get("community")),
                tuples(attributes.get("ext_community")).stream().filter(tuple -> tuple.startsWith("rt:"))
                        .map(tuple -> tuple.substring("rt:".length())).collect(Collectors.toSet()),
                tuples(attributes.get("large_community")));
    }

    private static List<String> words(@Nullable String value) {
        return value == null || value.isEmpty() ? List.of() : List.of(value.split(" +"));
    }

    private static OptionalLong number(@Nullable String value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    }

    /** {@code (1,2) (3,4)} as {@code 1:2} and {@code 3:4}. */
    private static Set<String> tuples(@Nullable String value) {
        return value == null
                ? Set.of()
                : PARENTHESES.matcher(value).results().map(match -> match.group(1).replaceAll(", *", ":"))
                        .collect(Collectors.toSet());
    }
}
