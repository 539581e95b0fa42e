package io.tapetum.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import org.jspecify.annotations.Nullable;

/** Hides what nobody may see from whatever is shown of a configuration. */
final class Secrets {

    /** How many lines a value may have that is not closed where it should be, before the parser notices. */
    private static final int LINES_ABOVE = 3;

    /** What may be a secret where a value cannot be understood. */
    private static final Set<String> IN_WRONG_VALUES = Stream
            .concat(Schema.SECRETS.stream(), Schema.WHERE_SECRETS_ARE.stream()).collect(Collectors.toUnmodifiableSet());

    private Secrets() {}

    /** Whether a secret may be in the text of a file at this place. */
    static boolean areNear(@Nullable ConfigOrigin origin) {
        if (origin == null || origin.filename() == null) {
            return false;
        }
        try {
            List<String> lines = Files.readAllLines(Path.of(origin.filename()));
            int last = Math.min(lines.size(), Math.max(1, origin.lineNumber()));
            return lines.subList(Math.max(0, last - LINES_ABOVE), last).stream()
                    .anyMatch(line -> IN_WRONG_VALUES.stream().anyMatch(line::contains));
        } catch (IOException _) {
            // Whoever cannot know must not show it.
            return true;
        }
    }

    /** The value under this path, or what may be shown of it. */
    static ConfigValue masked(String path, ConfigValue value) {
        return masked(path, value, Schema.SECRETS);
    }

    /** The same of a value that is not what the key takes. */
    static ConfigValue maskedIfWrong(String path, ConfigValue value) {
        return masked(path, value, IN_WRONG_VALUES);
    }

    private static ConfigValue masked(String path, ConfigValue value, Set<String> secrets) {
        String key = path.substring(path.lastIndexOf('.') + 1).replaceFirst("\\[\\d+]$", "");
        if (secrets.contains(key) && !"".equals(value.unwrapped())) {
            return ConfigValueFactory.fromAnyRef(Secret.MASK);
        }
        return switch (value) {
            case ConfigObject object -> {
                Map<String, ConfigValue> shown = new LinkedHashMap<>();
                object.forEach((name, element) -> shown.put(name, masked(name, element, secrets)));
                yield ConfigValueFactory.fromMap(shown);
            }
            case ConfigList list ->
                ConfigValueFactory.fromIterable(list.stream().map(element -> masked("", element, secrets)).toList());
            default -> value;
        };
    }
}
