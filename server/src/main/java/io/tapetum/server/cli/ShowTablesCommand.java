package io.tapetum.server.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tapetum.server.admin.Questions;
import io.tapetum.server.cli.view.TableLines;

/** {@code tapetum show tables}. */
@Command(name = "tables", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show how large the routing tables are.", footerHeading = "%nExamples:%n", footer = {
        "  tapetum show tables", "  tapetum show tables --output json | jq '.families.ipv4.paths'"})
final class ShowTablesCommand implements Callable<Integer> {

    @Mixin
    private final Showing showing;

    ShowTablesCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        showing.show(Questions.tables(), TableLines::print);
        return ExitCode.OK;
    }
}
