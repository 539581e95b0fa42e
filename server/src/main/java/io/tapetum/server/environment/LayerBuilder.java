package io.tapetum.server.environment;

import java.util.Map;
import java.util.TreeMap;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.EnvironmentLayer;
import io.tapetum.server.config.Problem;
import io.tapetum.server.config.Secret;
import io.tapetum.server.environment.Variables.Variable;

/** Puts values of variables under the keys of the configuration. */
final class LayerBuilder {

    private static final String ROOT = "tapetum.";

    private final Map<String, Problem> problems = new TreeMap<>();
    private Config values = ConfigFactory.empty();

    /** The variable's text; nothing if there is none. */
    void set(String key, @Nullable Variable variable) {
        if (variable != null) {
            set(key, variable.value(), variable);
        }
    }

    /** The variable's text to the letter, as it must be of secrets. */
    void setVerbatim(String key, @Nullable Variable variable) {
        if (variable != null) {
            set(key, variable.text(), variable);
        }
    }

    /** What the variable means. */
    void set(String key, Object value, Variable variable) {
        values = values.withValue(ROOT + key, EnvironmentLayer.value(value, variable.name()));
    }

    /** The variable cannot be understood; that matters only as long as the file does not say the key. */
    void refuse(String key, Variable variable, String expected) {
        // A URL where none is expected may contain a password.
        String shown = variable.value().contains("@") ? Secret.MASK : "\"" + variable.value() + "\"";
        problems.put(ROOT + key, EnvironmentLayer.problem(variable.name(),
                variable.name() + " = " + shown + ": expected " + expected));
    }

    EnvironmentLayer build() {
        return new EnvironmentLayer(values, problems);
    }
}
