package io.tapetum.server.cli;

import java.util.List;
import java.util.Map;

import io.tapetum.server.admin.AdminServer;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.EffectiveConfiguration;
import io.tapetum.server.config.EffectiveValue;
import io.tapetum.server.config.Problem;

/** The admin endpoint that a configuration wants. */
final class ConfiguredAdmin {

    private static final String BLOCK = "admin.";

    private ConfiguredAdmin() {}

    /**
     * Reads its certificates and tokens, and listens nowhere.
     *
     * @throws ConfigurationException if it could not start with them
     */
    static void check(EffectiveConfiguration configuration, Map<String, String> variables)
            throws ConfigurationException {
        AdminSettings settings = configuration.settings().admin();
        if (settings.listen() == null) {
            return;
        }
        List<Problem> problems = AdminServer.problems(settings, variables).entrySet().stream()
                .map(problem -> new Problem(place(BLOCK + problem.getKey(), configuration.values()), 0,
                        "tapetum." + BLOCK + problem.getKey() + ": " + problem.getValue()))
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /** Where the key is written, or the first one in its block. */
    private static String place(String key, List<EffectiveValue> values) {
        return values.stream().filter(value -> value.key().equals(key) || value.key().startsWith(key + "."))
                .filter(EffectiveValue::isWritten).map(EffectiveValue::source).findFirst().orElse("the configuration");
    }
}
