package io.tapetum.server.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import io.tapetum.server.admin.Questions;
import io.tapetum.server.cli.view.RouteText;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** {@code tapetum show route}. */
@Command(name = "route", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show every path of one prefix, and why the best won.", description = "%nThe best path comes first, and with each of the others the first thing in which the best is better. Ends with 4 if"
        + " nobody announces the prefix.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum show route 10.3.0.0/24", "  tapetum show route fd00:3::/64 --output json"})
final class ShowRouteCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PREFIX", description = "exactly this one; an address alone stands for itself")
    private Prefix prefix = new Prefix(Family.IPV4_UNICAST, 0, 0, 0);

    @Mixin
    private final Showing showing;

    ShowRouteCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        RouteQuery exactly = new RouteQuery(prefix.family(), RouteQuery.Match.EXACT, prefix, RouteQuery.View.TABLE,
                null, 1, null);
        RoutePage page = showing.show(Questions.routes(exactly), (found, screen) -> {
            found.routes().forEach(route -> RouteText.print(route, screen));
            if (found.routes().isEmpty()) {
                screen.line("Nobody announces " + prefix + ". What there is near it, and who has no session:"
                        + " tapetum explain PEER " + prefix);
            }
        });
        return page.routes().isEmpty() ? ExitCode.NO : ExitCode.OK;
    }
}
