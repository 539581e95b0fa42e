package io.tapetum.server.cli;

import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tapetum.server.admin.Questions;
import io.tapetum.server.admin.ReflectorState;
import io.tapetum.server.cli.view.PeerTable;
import io.tapetum.server.cli.view.Screen;
import io.tapetum.server.cli.view.SessionTable;
import io.tapetum.server.cli.view.SourceLines;
import io.tapetum.server.cli.view.StatusLines;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.SourceStatus;

/** {@code tapetum status}. */
@Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show the sessions of the reflector on this host.", description = "%nAs calicoctl node status shows those of a node, and how the datastores are doing that peers come"
        + " from.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum status", "  tapetum status --output wide",
                "  tapetum status --output json | jq .ready"})
final class StatusCommand implements Callable<Integer> {

    @Option(names = "--wide", description = "the same as --output wide: one line for each session, with more of it")
    private boolean wide;

    @Mixin
    private final Showing showing;

    StatusCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        if (showing.output() == Output.JSON) {
            showing.show(Questions.status(), StatusLines::print);
            return ExitCode.OK;
        }
        return showing.ask(client -> {
            ReflectorState state = client.ask(Questions.status()).answer();
            print(state, client.sources(), client.sessions(), showing.screen());
            return ExitCode.OK;
        });
    }

    private void print(ReflectorState state, List<SourceStatus> sources, List<SessionStatus> sessions, Screen screen) {
        screen.line("Tapetum is running.");
        StatusLines.print(state, screen);
        SourceLines.print(sources, screen);
        screen.line();
        if (wide || showing.wide()) {
            SessionTable.printWide(sessions, screen);
            return;
        }
        PeerTable table = new PeerTable(screen);
        table.print(sessions, false);
        screen.line();
        table.print(sessions, true);
    }
}
