package io.tapetum.server.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.tapetum.server.cli.view.Words;
import io.tapetum.server.reflector.Interventions;

/** {@code tapetum start}. */
@Command(name = "start", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Let a peer come back that was shut down.", footerHeading = "%nExamples:%n", footer = {
        "  tapetum start node-1", "  tapetum start all"})
final class StartCommand implements Callable<Integer> {

    private final Operator operator;

    @Parameters(paramLabel = "PEER", description = "its name or address, or all")
    private String peer = "";

    @Mixin
    private AdminOption admin = new AdminOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    StartCommand(Operator operator) {
        this.operator = operator;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        int count = admin.ask(operator.variables(), client -> client.start(peer));
        if (count == 0 && !peer.equals(Interventions.ALL)) {
            throw new CommandFailedException(peer + " was not shut down");
        }
        spec.commandLine().getOut().println("started " + Words.count(count, "peer"));
        return ExitCode.OK;
    }
}
