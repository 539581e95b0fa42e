package io.tapetum.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tapetum config}, which only has commands of its own. */
@Command(name = "config", mixinStandardHelpOptions = true, versionProvider = Version.class, header = "Look at the configuration.", footerHeading = "%nExamples:%n", footer = {
        "  tapetum config show", "  tapetum config check /etc/tapetum.conf"})
final class ConfigCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "config needs a command: "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
