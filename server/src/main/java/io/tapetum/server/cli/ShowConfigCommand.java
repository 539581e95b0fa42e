package io.tapetum.server.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tapetum.server.admin.Questions;
import io.tapetum.server.cli.view.ConfigurationLines;

/** {@code tapetum show config}. */
@Command(name = "config", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show the configuration that the running reflector has.", description = "%nAs tapetum config show does of a file that is to be. Passwords and tokens are not shown.%n", footerHeading = "%nExamples:%n", footer = {
        "  tapetum show config | grep -v '# default'",
        "  tapetum show config --output json | jq '.\"datastore.type\".value'"})
final class ShowConfigCommand implements Callable<Integer> {

    @Mixin
    private final Showing showing;

    ShowConfigCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        showing.show(Questions.configuration(), ConfigurationLines::print);
        return ExitCode.OK;
    }
}
