package io.tapetum.server.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import io.tapetum.server.admin.Questions;
import io.tapetum.server.cli.view.DelayTable;

/** {@code tapetum show delays}. */
@Command(name = "delays", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show how long routes take through the reflector.", description = "%nOf each stage, how long it took for half, 90 and 99 of a hundred, and at most.%n", footerHeading = "%nExample:%n", footer = "  tapetum show delays")
final class ShowDelaysCommand implements Callable<Integer> {

    @Mixin
    private final Showing showing;

    ShowDelaysCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        showing.show(Questions.delays(), DelayTable::print);
        return ExitCode.OK;
    }
}
