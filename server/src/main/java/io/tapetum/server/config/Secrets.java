package io.tapetum.server.config;

import java.util.LinkedHashMap;
import java.util.Map;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;

/** Hides what nobody may see from whatever is shown of a configuration. */
final class Secrets {

    private Secrets() {}

    /** The value under this path, or what may be shown of it. */
    static ConfigValue masked(String path, ConfigValue value) {
        String key = path.substring(path.lastIndexOf('.') + 1);
        if (Schema.SECRETS.contains(key) && !"".equals(value.unwrapped())) {
            return ConfigValueFactory.fromAnyRef(Secret.MASK);
        }
        return switch (value) {
            case ConfigObject object -> {
                Map<String, ConfigValue> shown = new LinkedHashMap<>();
                object.forEach((name, element) -> shown.put(name, masked(name, element)));
                yield ConfigValueFactory.fromMap(shown);
            }
            case ConfigList list ->
                ConfigValueFactory.fromIterable(list.stream().map(element -> masked("", element)).toList());
            default -> value;
        };
    }
}
