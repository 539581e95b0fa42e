package io.tapetum.server.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import io.tapetum.server.admin.AdminClient;
import io.tapetum.server.admin.Json;
import io.tapetum.server.admin.Questions;
import io.tapetum.server.cli.view.EventLines;
import io.tapetum.server.cli.view.Screen;
import io.tapetum.server.journal.JournalEntry;
import io.tapetum.server.journal.JournalPage;
import io.tapetum.server.journal.JournalQuery;
import io.tapetum.server.journal.JournalQuery.Order;
import io.tapetum.server.journal.Severity;

/** {@code tapetum show events}. */
@Command(name = "events", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show what happened lately, and what happens.", description = "%nThe last events that the reflector has logged, the latest at the end.%n", footerHeading = "%nExamples:%n", footer = {
        "  tapetum show events --severity warn", "  tapetum show events --follow --peer node-1",
        "  tapetum show events --output json | jq -r '.entries[].text'"})
final class ShowEventsCommand implements Callable<Integer> {

    /** How long nothing is asked while nothing happens. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Option(names = {"-f",
            "--follow"}, description = "go on with what happens from now on, until the reflector ends or you do")
    private boolean follow;

    @Option(names = "--peer", paramLabel = "PEER", description = "only about this peer, by name or address")
    private @Nullable String peer;

    @Option(names = "--severity", paramLabel = "SEVERITY", completionCandidates = Candidates.Severities.class, description = "only of this severity or above: ${COMPLETION-CANDIDATES}")
    private Severity severity = Severity.INFO;

    @Option(names = "--kind", paramLabel = "KIND", completionCandidates = Candidates.EventKinds.class, description = "only of this kind: ${COMPLETION-CANDIDATES}")
    private @Nullable String kind;

    @Option(names = "--limit", paramLabel = "N", description = "how many of the last ones, 1 to "
            + JournalQuery.MOST + "; ${DEFAULT-VALUE} unless you say otherwise")
    private int limit = 100;

    @Mixin
    private final Showing showing;

    ShowEventsCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        JournalQuery last;
        try {
            last = new JournalQuery(0, Long.MAX_VALUE, limit, peer, severity, kind, Order.NEWEST_FIRST);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(showing.command().commandLine(), "--limit is " + limit + ", expected 1 to "
                    + JournalQuery.MOST, e);
        }
        if (follow) {
            return showing.ask(client -> follow(client, last));
        }
        showing.show(Questions.events(last),
                (page, screen) -> new EventLines(showing.wide(), screen).print(page.entries().reversed()));
        return ExitCode.OK;
    }

    private int follow(AdminClient client, JournalQuery last) throws IOException, InterruptedException {
        Screen screen = showing.screen();
        EventLines lines = new EventLines(showing.wide(), screen);
        JournalPage page = client.ask(Questions.events(last)).answer();
        write(page.entries().reversed(), lines);
        long seen = page.last();
        while (!showing.isGone()) {
            page = client.ask(Questions.events(new JournalQuery(seen, Long.MAX_VALUE, JournalQuery.MOST, peer, severity,
                    kind, Order.OLDEST_FIRST))).answer();
            if (page.last() < seen) {
                // Another process, which has begun to count anew.
                seen = 0;
                continue;
            }
            if (showing.output() != Output.JSON) {
                lines.missed(page.missedAfter(seen));
            }
            write(page.entries(), lines);
            seen = page.more() ? page.entries().getLast().sequence() : page.last();
            if (!page.more()) {
                Thread.sleep(PAUSE);
            }
        }
        return ExitCode.OK;
    }

    private void write(List<JournalEntry> entries, EventLines lines) {
        if (showing.output() == Output.JSON) {
            entries.forEach(entry -> showing.json(Json.pretty(entry)));
        } else {
            lines.print(entries);
        }
    }
}
