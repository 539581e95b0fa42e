package io.tapetum.server.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import io.tapetum.server.admin.Question;
import io.tapetum.server.admin.Questions;
import io.tapetum.server.cli.view.ExplanationText;
import io.tapetum.server.inquiry.Explanation;
import io.tapetum.wire.nlri.Prefix;

/** {@code tapetum explain}. */
@Command(name = "explain", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Explain why a peer has a prefix, or has it not.", description = "%nFollows the prefix from whoever announced it to the peer, and says where it stops. Ends with 0 if the peer has been"
        + " sent it, with 4 if it has not and will not be, and with 5 if it is on its way.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum explain node-1 10.3.0.0/24",
                "  until tapetum explain node-1 10.3.0.0/24 >/dev/null; do sleep 1; done"})
final class ExplainCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "PEER", description = "its name or address")
    private String peer = "";

    @Parameters(index = "1", paramLabel = "PREFIX", description = "an address and a length; the two may change places")
    private String prefix = "";

    @Mixin
    private final Showing showing;

    ExplainCommand(Operator operator) {
        showing = new Showing(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        return switch (showing.show(question(), ExplanationText::print).verdict()) {
            case SENT -> ExitCode.OK;
            case ON_ITS_WAY -> ExitCode.NOT_YET;
            case OWN, WITHHELD, TOO_LONG, REFUSED, NO_PATH, NOT_NEGOTIATED, NO_SESSION -> ExitCode.NO;
        };
    }

    /** Only a prefix has a slash, so that of an address and a prefix each is known for what it is. */
    private Question<Explanation> question() {
        boolean swapped = isPrefix(peer) && !isPrefix(prefix);
        String named = swapped ? prefix : peer;
        String asked = swapped ? peer : prefix;
        Optional<Prefix> parsed = Prefix.parse(asked);
        return Questions.explanation(named, parsed.orElseThrow(() -> new ParameterException(
                showing.command().commandLine(), PrefixConverter.expected(asked))));
    }

    private static boolean isPrefix(String text) {
        return text.indexOf('/') >= 0 && Prefix.parse(text).isPresent();
    }
}
