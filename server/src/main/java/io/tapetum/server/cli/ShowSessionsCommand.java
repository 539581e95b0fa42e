package io.tapetum.server.cli;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.admin.Questions;
import io.tapetum.server.cli.view.SessionTable;

/** {@code tapetum show sessions}. */
@Command(name = "sessions", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show the sessions, a line each.", description = "%nLAG is for how long the peer has not had everything; LAST ERROR is why its last session, or attempt at one, ended.%n", footerHeading = "%nExamples:%n", footer = {
        "  tapetum show sessions", "  tapetum show sessions --state idle --role client",
        "  tapetum show sessions --output json | jq '.sessions[].name'"})
final class ShowSessionsCommand implements Callable<Integer> {

    @Option(names = "--state", paramLabel = "STATE", completionCandidates = Candidates.States.class, description = "only in this state: ${COMPLETION-CANDIDATES}")
    private @Nullable String state;

    @Option(names = "--role", paramLabel = "ROLE", completionCandidates = Candidates.Roles.class, description = "only peers in this role: ${COMPLETION-CANDIDATES}")
    private @Nullable PeerRole role;

    @Mixin
    private final Showing showing;

    ShowSessionsCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        showing.show(Questions.sessions(state, role), (sessions, screen) -> {
            if (showing.wide()) {
                SessionTable.printWide(sessions, screen);
            } else {
                SessionTable.print(sessions, screen);
            }
        });
        return ExitCode.OK;
    }
}
