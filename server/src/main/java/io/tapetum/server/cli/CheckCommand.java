package io.tapetum.server.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ConfigurationException;

/** {@code tapetum check}. */
@Command(name = "check", mixinStandardHelpOptions = true, versionProvider = Version.class, header = "Check a configuration file, and start nothing.", description = "%nPrints a summary, or everything that is wrong with the file and ends with 78.%n", footerHeading = "%nExample:%n", footer = "  tapetum check /etc/tapetum.conf")
final class CheckCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "the configuration")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ConfigurationException {
        String summary = Summary.of(Configuration.load(file));
        spec.commandLine().getOut().println("OK: " + file + ": " + summary);
        return ExitCode.OK;
    }
}
