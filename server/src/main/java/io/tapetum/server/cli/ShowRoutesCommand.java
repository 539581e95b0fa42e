package io.tapetum.server.cli;

import java.util.List;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.inquiry.RouteQuery.Match;
import io.tapetum.server.inquiry.RouteQuery.View;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** {@code tapetum show routes}. */
@Command(name = "routes", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show routes, of everybody or of one peer.", description = "%nA line for each path; the best of a prefix has a star, and one that is held of a lost session an h. Routes come in pages of 1000, and only each page is sorted:"
        + " the table has no order.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum show routes 10.3.0.0/16", "  tapetum show routes --peer node-1 --view advertised --limit 0",
                "  tapetum show routes 10.3.0.7 --output json | jq '.routes[].paths[].peer'"})
final class ShowRoutesCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "a prefix and what is in it, or an address and the longest prefix that has it;"
            + " all routes without it")
    private @Nullable String text;

    @Option(names = "--match", paramLabel = "MATCH", completionCandidates = Candidates.Matches.class, description = "how routes compare with PREFIX: ${COMPLETION-CANDIDATES}")
    private @Nullable Match match;

    @Option(names = "--family", paramLabel = "FAMILY", completionCandidates = Candidates.Families.class, description = "only ${COMPLETION-CANDIDATES}; that of PREFIX, or both")
    private @Nullable Family family;

    @Option(names = "--peer", paramLabel = "PEER", description = "of this peer only, by name or address")
    private @Nullable String peer;

    @Option(names = "--view", paramLabel = "VIEW", completionCandidates = Candidates.Views.class, description = "of the peer what: ${COMPLETION-CANDIDATES}; received unless you say otherwise."
            + " best are those of its routes that were chosen")
    private @Nullable View view;

    @Option(names = "--limit", paramLabel = "N", description = "how many prefixes at most; 0 for all; ${DEFAULT-VALUE} unless you say otherwise")
    private int limit = 1000;

    @Mixin
    private final Showing showing;

    ShowRoutesCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        RoutePages pages = new RoutePages(queries(), limit == 0 ? Long.MAX_VALUE : limit);
        RouteWriter writer = showing.output() == Output.JSON
                ? new RouteWriter.ForPrograms(showing)
                : new RouteWriter.ForPeople(showing);
        showing.ask(client -> {
            pages.read(client, writer);
            return pages;
        });
        return ExitCode.OK;
    }

    /** The first page of each family. */
    private List<RouteQuery> queries() {
        if (limit < 0) {
            throw wrong("--limit is " + limit + ", expected 0 or more");
        }
        if (view != null && peer == null) {
            throw wrong("--view is about a peer; say which with --peer");
        }
        View shown = peer == null ? View.TABLE : view == null ? View.RECEIVED : view;
        if (shown == View.TABLE && peer != null) {
            throw wrong("--view table is of everybody; leave out --peer");
        }
        String asked = text;
        if (asked == null) {
            if (match != null) {
                throw wrong("--match needs a prefix to compare with");
            }
            return (family == null ? List.of(Family.values()) : List.of(family)).stream()
                    .map(one -> new RouteQuery(one, Match.ALL, null, shown, peer, RoutePages.SIZE, null)).toList();
        }
        Prefix prefix = Prefix.parse(asked).orElseThrow(() -> wrong(PrefixConverter.expected(asked)));
        if (family != null && family != prefix.family()) {
            throw wrong(prefix + " is of another family; leave out --family");
        }
        Match how = match != null ? match : asked.indexOf('/') < 0 ? Match.LONGEST : Match.WITHIN;
        return List.of(new RouteQuery(prefix.family(), how, prefix, shown, peer, RoutePages.SIZE, null));
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(showing.command().commandLine(), sentence);
    }
}
