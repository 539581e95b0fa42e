package io.tapetum.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.EffectiveConfiguration;
import io.tapetum.server.config.EnvironmentLayer;
import io.tapetum.server.environment.CalicoEnvironment;
import io.tapetum.server.keys.WatchedKeyring;

/** {@code tapetum check}. */
@Command(name = "check", mixinStandardHelpOptions = true, versionProvider = Version.class, header = "Check a configuration file, and start nothing.", description = "%nPrints a summary, or everything that is wrong and ends with 78. What the environment says counts below"
        + " the file, as it does for tapetum run: check where you run.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum check /etc/tapetum.conf", "  tapetum config check /etc/tapetum.conf     the same"})
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "the configuration")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Map<String, String> variables;

    CheckCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public Integer call() throws ConfigurationException {
        EnvironmentLayer environment = CalicoEnvironment.of(variables);
        EffectiveConfiguration configuration = Configuration.load(file, environment);
        ConfiguredAdmin.check(configuration, variables);
        try (WatchedKeyring _ = ConfiguredKeys.open(configuration, variables)) {
            ConfiguredKeys.warnings(configuration.settings())
                    .forEach(warning -> spec.commandLine().getErr().println("tapetum: warning: " + warning));
        }
        String summary = Summary.of(configuration.settings());
        spec.commandLine().getOut()
                .println("OK: " + file + (environment.isEmpty() ? "" : " with the environment") + ": " + summary);
        return ExitCode.OK;
    }
}
