package io.tapetum.server.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.tapetum.server.cli.view.PlainText;
import io.tapetum.server.reflector.Interventions;

/** What all commands have in common that do something to sessions. */
final class Intervening {

    private final Operator operator;

    @Option(names = "--yes", description = "do not ask whether you mean all")
    private boolean yes;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    Intervening(Operator operator) {
        this.operator = operator;
    }

    CommandSpec command() {
        return command;
    }

    <T> T ask(AdminOption.Asker<T> asker) throws CommandFailedException, InterruptedException {
        return admin.ask(operator.variables(), asker);
    }

    /**
     * Asks whether all sessions are really meant, if all are.
     *
     * @param consequence of it, behind "this"
     */
    void confirm(String peer, String consequence) throws CommandFailedException {
        if (yes || !peer.equals(Interventions.ALL)) {
            return;
        }
        if (!operator.keyboard().isTerminal()) {
            throw new CommandFailedException("this " + consequence + "; say --yes if that is meant");
        }
        String typed = operator.keyboard().line("This " + consequence + ". Type all to do it: ");
        if (typed == null || !typed.strip().equals(Interventions.ALL)) {
            throw new CommandFailedException("nothing was done");
        }
    }

    /**
     * Says what was done.
     *
     * @param count to how many
     * @param done that, in words
     * @param nothing why it was done to nobody, behind the name of a peer
     */
    void tell(String peer, int count, String done, String nothing) throws CommandFailedException {
        if (count == 0 && !peer.equals(Interventions.ALL)) {
            throw new CommandFailedException(peer + " " + nothing);
        }
        command.commandLine().getOut().println(PlainText.of(done));
    }
}
