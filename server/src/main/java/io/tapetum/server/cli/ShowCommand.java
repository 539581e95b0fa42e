package io.tapetum.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tapetum show}, which only has commands of its own. */
@Command(name = "show", mixinStandardHelpOptions = true, versionProvider = Version.class, header = "Show what the reflector knows and does.", description = "%nNothing is changed. Every one of these takes --output wide for more, and --output json for programs.%n", footerHeading = "%nExamples:%n", footer = {
        "  tapetum show sessions --state established", "  tapetum show session node-1",
        "  tapetum show routes 10.0.0.0/8 --output json"})
final class ShowCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "show needs a command: "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
