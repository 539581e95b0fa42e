package io.tapetum.server.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.tapetum.server.admin.Questions;
import io.tapetum.server.cli.view.SessionPage;

/** {@code tapetum show session}. */
@Command(name = "session", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show everything about one session.", footerHeading = "%nExamples:%n", footer = {
        "  tapetum show session node-1", "  tapetum show session 10.0.0.11 --output json"})
final class ShowSessionCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PEER", description = "its name or address")
    private String peer = "";

    @Mixin
    private final Showing showing;

    ShowSessionCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        showing.show(Questions.session(peer), SessionPage::print);
        return ExitCode.OK;
    }
}
