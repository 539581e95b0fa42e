package io.tapetum.server.environment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.tapetum.server.config.EnvironmentLayer;
import io.tapetum.server.environment.Variables.Variable;

/**
 * Understands the environment of {@code calico/routereflector}. All of it is passed over unless it says who the reflector
 * is or where its peers are: a {@code KUBECONFIG} alone is some developer's and changes nothing.
 */
public final class CalicoEnvironment {

    private static final List<String> DECISIVE = List.of("IP", "IP6", "DATASTORE_TYPE");

    private final Variables variables;
    private final LayerBuilder layer = new LayerBuilder();

    private CalicoEnvironment(Map<String, String> environment) {
        this.variables = new Variables(environment);
    }

    /** What these variables say, by name. */
    public static EnvironmentLayer of(Map<String, String> environment) {
        CalicoEnvironment calico = new CalicoEnvironment(environment);
        if (DECISIVE.stream().allMatch(name -> calico.variables.prefixed(name) == null)) {
            return EnvironmentLayer.NONE;
        }
        calico.readReflector();
        new DatastoreVariables(calico.variables, calico.layer).read();
        return calico.layer.build();
    }

    private void readReflector() {
        readAddress("IP", "addresses.ipv4");
        readAddress("IP6", "addresses.ipv6");
        layer.set("cluster-id", variables.plain("CLUSTER_ID"));
        new ReflectorMesh(variables, layer).read();
        readLogLevel();
    }

    /** A blank one is worth telling, since it switches the family off. */
    private void readAddress(String name, String key) {
        Variable variable = variables.prefixed(name);
        layer.set(key, variable != null ? variable : variables.written(name));
    }

    /** Calico's levels, of which ours lack the most severe. */
    private void readLogLevel() {
        Variable variable = variables.prefixed("BGP_LOGSEVERITYSCREEN");
        if (variable == null) {
            return;
        }
        String level = switch (variable.value().toLowerCase(Locale.ROOT)) {
            case "trace" -> "trace";
            case "debug" -> "debug";
            case "info" -> "info";
            case "warn", "warning" -> "warn";
            case "error", "fatal", "panic", "none" -> "error";
            default -> "";
        };
        if (level.isEmpty()) {
            layer.refuse("log.level", variable, "trace, debug, info, warning, error or fatal");
        } else {
            layer.set("log.level", level, variable);
        }
    }

    /** What stands between commas. */
    static List<String> list(Variable variable) {
        return Arrays.stream(variable.value().split(",")).map(String::strip).filter(text -> !text.isEmpty()).toList();
    }
}
