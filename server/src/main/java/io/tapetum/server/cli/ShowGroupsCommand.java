package io.tapetum.server.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tapetum.server.admin.Questions;
import io.tapetum.server.cli.view.GroupTable;

/** {@code tapetum show groups}. */
@Command(name = "groups", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show the update groups.", description = "%nSessions that are sent the same octets are a group, and share a log of what they are sent. WITHHELD are routes"
        + " that no message to them could hold. --output wide says what the members have in common.%n", footerHeading = "%nExample:%n", footer = "  tapetum show groups --output wide")
final class ShowGroupsCommand implements Callable<Integer> {

    @Mixin
    private final Showing showing;

    ShowGroupsCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        showing.show(Questions.groups(), (groups, screen) -> GroupTable.print(groups, showing.wide(), screen));
        return ExitCode.OK;
    }
}
