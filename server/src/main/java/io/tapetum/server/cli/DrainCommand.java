package io.tapetum.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tapetum drain}. */
@Command(name = "drain", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Take the reflector on this host out of service.", description = "%nEvery peer gets Cease/Administrative Shutdown and uses other routes at once; then the reflector"
        + " stops.%n", footerHeading = "%nExample:%n", footer = "  tapetum drain --message \"kernel upgrade until 14:00\"")
final class DrainCommand implements Callable<Integer> {

    private final Map<String, String> variables;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(names = "--message", paramLabel = "TEXT", defaultValue = "", description = "what operators of the peers read in their logs (RFC 9003), at most 255 octets")
    private String message = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DrainCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        return admin.ask(variables, client -> {
            client.drain(message);
            spec.commandLine().getOut().println("drained: every peer was told, and the reflector stops");
            return ExitCode.OK;
        });
    }
}
