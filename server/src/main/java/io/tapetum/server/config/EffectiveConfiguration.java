package io.tapetum.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;

/**
 * What is in effect once file, environment and defaults are put together.
 *
 * @param settings checked
 * @param values every key, in the order of {@code reference.conf}
 */
public record EffectiveConfiguration(ServerSettings settings, List<EffectiveValue> values) {

    private static final String ROOT = "tapetum";

    /** Describes the keys of every group and peer. */
    private static final List<String> TEMPLATE = List.of(ROOT, "peer-defaults");
    private static final List<String> GROUPS = List.of(ROOT, "peer-groups");

    public EffectiveConfiguration {
        values = List.copyOf(values);
    }

    /** The values of a configuration that has no problems. */
    static List<EffectiveValue> values(ConfigObject root, Config reference) {
        List<EffectiveValue> values = new ArrayList<>();
        collect(root, "", List.of(ROOT), reference, values);
        return values;
    }

    /** @param described the path of the block in the reference whose keys these are */
    private static void collect(ConfigObject object, String path, List<String> described, Config reference,
            List<EffectiveValue> values) {
        Comparator<Map.Entry<String, ConfigValue>> order = Comparator
                .comparingInt(entry -> line(below(described, entry.getKey()), reference));
        object.entrySet().stream().sorted(order.thenComparing(Map.Entry::getKey)).forEach(entry -> {
            List<String> below = described.equals(GROUPS) ? TEMPLATE : below(described, entry.getKey());
            add(entry.getValue(), path + Section.quoted(entry.getKey()), below, reference, values);
        });
    }

    private static void add(ConfigValue value, String path, List<String> described, Config reference,
            List<EffectiveValue> values) {
        if (value instanceof ConfigObject object && !object.isEmpty()) {
            collect(object, path + ".", described, reference, values);
        } else if (value instanceof ConfigList list && list.stream().anyMatch(ConfigObject.class::isInstance)) {
            for (int i = 0; i < list.size(); i++) {
                add(list.get(i), path + "[" + i + "]", TEMPLATE, reference, values);
            }
        } else {
            values.add(new EffectiveValue(path, Secrets.masked(path, value),
                    Provenance.of(value.origin()).toString()));
        }
    }

    private static List<String> below(List<String> path, String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    /** Where the reference has the key, or 0 if it stands only inside of lists. */
    private static int line(List<String> path, Config reference) {
        String joined = ConfigUtil.joinPath(path);
        return reference.hasPath(joined) ? reference.getValue(joined).origin().lineNumber() : 0;
    }
}
