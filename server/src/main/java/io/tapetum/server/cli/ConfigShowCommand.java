package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.tapetum.server.admin.api.ConfigurationJson;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.EffectiveConfiguration;
import io.tapetum.server.config.EffectiveValue;
import io.tapetum.server.config.EnvironmentLayer;
import io.tapetum.server.environment.CalicoEnvironment;

/** {@code tapetum config show}. */
@Command(name = "show", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show what is in effect, and where each value comes from.", description = "%nEvery key with its value, as tapetum run would have it in this environment. Passwords and tokens are not"
        + " shown. Nothing is started.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum config show --config /etc/tapetum.conf", "  tapetum config show | grep -v '# default'",
                "  tapetum config show --format json | jq '.\"datastore.type\".value'"})
final class ConfigShowCommand implements Callable<Integer> {

    /** Beyond this, values push their sources to the right one by one. */
    private static final int WIDEST_COLUMN = 60;

    /** How it is written. */
    enum Format {
        /** For people: a line for each key, the source behind a #. */
        TEXT,
        /** For programs: an object with a member for each key. */
        JSON
    }

    private final Map<String, String> variables;

    @Option(names = {"-c",
            "--config"}, paramLabel = "FILE", description = "the configuration, as for tapetum run")
    private @Nullable Path config;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; text unless you say otherwise")
    private Format format = Format.TEXT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ConfigShowCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public Integer call() throws ConfigurationException {
        EnvironmentLayer environment = CalicoEnvironment.of(variables);
        EffectiveConfiguration effective = config == null
                ? Configuration.withoutFile(environment)
                : Configuration.load(config, environment);
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> {
                out.println("# " + Summary.of(effective.settings()));
                lines(effective.values()).forEach(out::println);
            }
            case JSON -> out.println(ConfigurationJson.of(effective.values()).toPrettyString());
        }
        return ExitCode.OK;
    }

    private static List<String> lines(List<EffectiveValue> values) {
        int width = values.stream().mapToInt(value -> assignment(value).length())
                .filter(length -> length <= WIDEST_COLUMN)
                .max().orElse(0);
        return values.stream()
                .map(value -> ("%-" + width + "s  # %s").formatted(assignment(value), value.source())).toList();
    }

    private static String assignment(EffectiveValue value) {
        return value.key() + " = " + value.text();
    }
}
