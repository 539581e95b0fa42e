package io.tapetum.server.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

import io.tapetum.server.cli.view.Words;
import io.tapetum.server.reflector.Interventions.Clear;

/** {@code tapetum clear}. */
@Command(name = "clear", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Exchange routes with a peer anew, or begin its session anew.", description = "%nWithout an option no session ends: the peer is asked for its routes and sent ours again, as with --soft-in"
        + " --soft-out.%n", footerHeading = "%nExamples:%n", footer = {"  tapetum clear node-1",
                "  tapetum clear all --soft-out", "  tapetum clear node-1 --hard --message \"new line card\""})
final class ClearCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PEER", description = "its name or address, or all")
    private String peer = "";

    @Option(names = "--soft-in", description = "ask the peer for its routes (RFC 2918)")
    private boolean softIn;

    @Option(names = "--soft-out", description = "send the peer all routes again")
    private boolean softOut;

    @Option(names = "--hard", description = "end the session, which comes back by itself")
    private boolean hard;

    @Option(names = "--message", paramLabel = "TEXT", description = "with --hard: what operators of the peer read in their logs (RFC 9003), at most 255 octets")
    private String message = "";

    @Mixin
    private final Intervening intervening;

    ClearCommand(Operator operator) {
        intervening = new Intervening(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        if (hard && (softIn || softOut)) {
            throw new ParameterException(intervening.command().commandLine(),
                    "--hard does all that --soft-in and --soft-out do; say it alone");
        }
        if (!hard && !message.isEmpty()) {
            throw new ParameterException(intervening.command().commandLine(),
                    "--message goes with --hard: a peer whose session stays is told nothing");
        }
        if (hard) {
            intervening.confirm(peer, "ends every session; each comes back by itself");
        }
        for (Clear what : what()) {
            int count = intervening.ask(client -> client.clear(peer, what, message));
            intervening.tell(peer, count, done(what, count), "has no session that is up"
                    + (what == Clear.SOFT_IN ? ", or cannot be asked for its routes again" : ""));
        }
        return ExitCode.OK;
    }

    private List<Clear> what() {
        if (hard) {
            return List.of(Clear.HARD);
        }
        List<Clear> soft = new ArrayList<>();
        if (softIn || !softOut) {
            soft.add(Clear.SOFT_IN);
        }
        if (softOut || !softIn) {
            soft.add(Clear.SOFT_OUT);
        }
        return soft;
    }

    private static String done(Clear what, int count) {
        return switch (what) {
            case SOFT_IN -> "asked " + Words.count(count, "peer") + " for all routes";
            case SOFT_OUT -> "sending all routes again to " + Words.count(count, "peer");
            case HARD -> "ended " + Words.count(count, "session") + "; what was not shut down comes back by itself";
        };
    }
}
