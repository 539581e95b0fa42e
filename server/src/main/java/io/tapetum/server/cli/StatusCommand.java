package io.tapetum.server.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import io.tapetum.server.admin.AdminClient;
import io.tapetum.server.reflector.SessionStatus;

/** {@code tapetum status}. */
@Command(name = "status", mixinStandardHelpOptions = true, versionProvider = Version.class, header = "Show the sessions of the reflector on this host.", footerHeading = "%nFor programs, the same as JSON:%n", footer = "  curl http://127.0.0.1:9179/v1/sessions")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private AdminOption admin = new AdminOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        List<SessionStatus> sessions;
        try (AdminClient client = new AdminClient(admin.endpoint)) {
            sessions = client.sessions();
        } catch (IOException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
        SessionTable.print(sessions, spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
