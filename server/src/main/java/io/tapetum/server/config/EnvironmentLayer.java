package io.tapetum.server.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import org.jspecify.annotations.Nullable;

/**
 * What variables of the environment say, in the terms of the configuration. It lies between the file and the defaults. A
 * variable that has no effect is never wrong: environments are shared with other programs, and outlive what they were
 * written for.
 *
 * @param values under the keys of the configuration; each knows its variable
 * @param problems with variables that could not be put into these terms, by the key that they are about
 */
public record EnvironmentLayer(Config values, Map<String, Problem> problems) {

    /** An environment that says nothing. */
    public static final EnvironmentLayer NONE = new EnvironmentLayer(ConfigFactory.empty(), Map.of());

    private static final String ETCD = "tapetum.datastore.etcd";
    private static final String KUBERNETES = "tapetum.datastore.kubernetes";
    private static final String LEGACY_KEYS = "tapetum.datastore.legacy-keys";

    /** Of each pair only one counts, and the file is asked first. */
    private static final Map<String, String> ALTERNATIVES = Map.of(
            ETCD + ".endpoints", ETCD + ".discovery-srv", ETCD + ".discovery-srv", ETCD + ".endpoints",
            KUBERNETES + ".kubeconfig", KUBERNETES + ".endpoint", KUBERNETES + ".endpoint", KUBERNETES + ".kubeconfig");

    /** Beside etcd, Calico itself finds the API that has its Secrets by KUBECONFIG only, or as a pod. */
    private static final Set<String> NOT_FOR_SECRETS = Set.of(KUBERNETES + ".endpoint", KUBERNETES + ".cert-file",
            KUBERNETES + ".key-file", KUBERNETES + ".ca-file", KUBERNETES + ".token",
            KUBERNETES + ".insecure-skip-tls-verify", KUBERNETES + ".api-group");

    private static final Map<String, Set<String>> UNUSED = Map.of(
            "none", Set.of(ETCD, KUBERNETES, LEGACY_KEYS),
            "kubernetes", Set.of(ETCD, LEGACY_KEYS),
            "etcd-v2", Set.of(KUBERNETES),
            "etcd-v3", NOT_FOR_SECRETS);

    public EnvironmentLayer {
        problems = Map.copyOf(problems);
    }

    /** A value that remembers its variable. */
    public static ConfigValue value(Object value, String variable) {
        return ConfigValueFactory.fromAnyRef(value, Provenance.VARIABLE + variable);
    }

    /** A variable that cannot be understood. */
    public static Problem problem(String variable, String sentence) {
        return new Problem(Provenance.VARIABLE + variable, 0, sentence);
    }

    /** Whether nothing was said. */
    public boolean isEmpty() {
        return values.isEmpty() && problems.isEmpty();
    }

    /**
     * What remains of this layer beside a file: without what belongs to a datastore that is not used, and without the
     * second of two ways when the file has chosen the first.
     *
     * @param merged file, this and the defaults
     */
    EnvironmentLayer besideFile(Config merged) {
        Set<String> unused = UNUSED.getOrDefault(text(merged, "tapetum.datastore.type"), Set.of());
        Config remaining = values;
        Map<String, Problem> wrong = new HashMap<>(problems);
        for (String path : unused) {
            remaining = remaining.withoutPath(path);
            wrong.keySet().removeIf(key -> key.equals(path) || key.startsWith(path + "."));
        }
        for (Map.Entry<String, String> pair : ALTERNATIVES.entrySet()) {
            if (isFromFile(merged, pair.getKey())) {
                remaining = remaining.withoutPath(pair.getValue());
            }
        }
        wrong.keySet().removeIf(key -> isFromFile(merged, key));
        return new EnvironmentLayer(remaining, wrong);
    }

    private static boolean isFromFile(Config merged, String path) {
        ConfigValue value = find(merged, path);
        return value != null && Provenance.of(value.origin()).isFile() && !isEmpty(value);
    }

    private static boolean isEmpty(ConfigValue value) {
        return "".equals(value.unwrapped()) || List.of().equals(value.unwrapped());
    }

    private static String text(Config merged, String path) {
        ConfigValue value = find(merged, path);
        return value == null ? "" : String.valueOf(value.unwrapped()).toLowerCase(Locale.ROOT);
    }

    private static @Nullable ConfigValue find(Config merged, String path) {
        @Nullable
        ConfigValue value = merged.root();
        for (String key : ConfigUtil.splitPath(path)) {
            value = value instanceof Map<?, ?> object && object.get(key) instanceof ConfigValue below ? below : null;
        }
        return value;
    }
}
