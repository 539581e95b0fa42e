package io.tapetum.server.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.tapetum.server.admin.AdminClient;
import io.tapetum.server.admin.Questions;
import io.tapetum.server.admin.RefusalException;
import io.tapetum.server.admin.RefusedException.Missing;
import io.tapetum.server.admin.Reply;
import io.tapetum.server.cli.view.HistoryLines;
import io.tapetum.server.inquiry.PrefixHistory;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** {@code tapetum show history}. */
@Command(name = "history", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show what has happened to a prefix that is recorded.", description = "%nOnly a few prefixes are recorded at a time, each for an hour from when somebody says --record. Ends with 4 if this"
        + " one is not.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum show history 10.3.0.0/24 --record", "  tapetum show history 10.3.0.0/24"})
final class ShowHistoryCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PREFIX", description = "exactly this one")
    private Prefix prefix = new Prefix(Family.IPV4_UNICAST, 0, 0, 0);

    @Option(names = "--record", description = "record it from now on, for an hour, or for another one; needs a token with scope = write, if any")
    private boolean record;

    @Mixin
    private final Showing showing;

    ShowHistoryCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        if (record) {
            showing.ask(client -> client.follow(prefix));
        }
        Optional<Reply<PrefixHistory>> history = showing.ask(this::history);
        if (history.isEmpty()) {
            showing.command().commandLine().getErr().println("tapetum: nobody records " + prefix
                    + "; to begin: tapetum show history " + prefix + " --record");
            return ExitCode.NO;
        }
        showing.show(history.get(), HistoryLines::print);
        return ExitCode.OK;
    }

    private Optional<Reply<PrefixHistory>> history(AdminClient client) throws IOException, InterruptedException {
        try {
            return Optional.of(client.ask(Questions.history(prefix)));
        } catch (RefusalException e) {
            if (e.missing() == Missing.HISTORY) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
