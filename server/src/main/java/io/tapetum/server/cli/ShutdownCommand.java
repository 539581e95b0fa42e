package io.tapetum.server.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.tapetum.server.cli.view.Words;

/** {@code tapetum shutdown}. */
@Command(name = "shutdown", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "End the session of a peer, and keep it down.", description = "%nThe peer gets Cease/Administrative Shutdown and uses other routes at once. It stays away until tapetum start, or until"
        + " the reflector is restarted. To end all of them and the reflector, see tapetum drain.%n", footerHeading = "%nExample:%n", footer = "  tapetum shutdown node-1 --message \"disk swap until 14:00\"")
final class ShutdownCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PEER", description = "its name or address, or all")
    private String peer = "";

    @Option(names = "--message", paramLabel = "TEXT", description = "what operators of the peer read in their logs (RFC 9003), at most 255 octets")
    private String message = "";

    @Mixin
    private final Intervening intervening;

    ShutdownCommand(Operator operator) {
        intervening = new Intervening(operator);
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        intervening.confirm(peer, "ends every session, and keeps all peers away until tapetum start");
        int count = intervening.ask(client -> client.shutdown(peer, message));
        intervening.tell(peer, count, "shut down " + Words.count(count, "peer") + "; tapetum start " + peer
                + " brings back what was shut down", "is shut down already");
        return ExitCode.OK;
    }
}
