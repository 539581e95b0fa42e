package io.tapetum.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.tapetum.server.admin.AdminClient;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.SourceStatus;

/** {@code tapetum status}. */
@Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Show the sessions of the reflector on this host.", description = "%nAs calicoctl node status shows those of a node, and how the datastores are doing that peers come"
        + " from.%n", footerHeading = "%nFor programs, the same as JSON:%n", footer = {
                "  curl http://127.0.0.1:9179/v1/sessions", "  curl http://127.0.0.1:9179/v1/sources"})
final class StatusCommand implements Callable<Integer> {

    private final Map<String, String> variables;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(names = "--wide", description = "one line for each session, with more of it")
    private boolean wide;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    StatusCommand(Map<String, String> variables) {
        this.variables = variables;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        List<SessionStatus> sessions;
        List<SourceStatus> sources;
        try (AdminClient client = admin.client(variables)) {
            sessions = client.sessions();
            sources = client.sources();
        } catch (IOException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (wide) {
            SourceLines.print(sources, out);
            SessionTable.print(sessions, out);
            return ExitCode.OK;
        }
        out.println("Tapetum is running.");
        SourceLines.print(sources, out);
        PeerTable table = new PeerTable(Instant.now(), ZoneId.systemDefault());
        out.println();
        table.print(sessions, false, out);
        out.println();
        table.print(sessions, true, out);
        return ExitCode.OK;
    }
}
