package io.tapetum.server.cli;

import java.util.function.BiConsumer;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.tapetum.server.admin.Question;
import io.tapetum.server.admin.Reply;
import io.tapetum.server.cli.view.PlainText;
import io.tapetum.server.cli.view.Screen;

/** What all commands have in common that show an answer of a reflector: which one is asked, and how it is written. */
final class Showing {

    private final Operator operator;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table unless you say otherwise. json is the answer of the API")
    private Output output = Output.TABLE;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    Showing(Operator operator) {
        this.operator = operator;
    }

    Output output() {
        return output;
    }

    boolean wide() {
        return output == Output.WIDE;
    }

    /** The command that shows. */
    CommandSpec command() {
        return command;
    }

    /** Whether nobody reads any more. */
    boolean isGone() {
        return operator.terminal().isGone();
    }

    Screen screen() {
        return operator.screen(command.commandLine().getOut());
    }

    /** Asks several questions, one after the other. */
    <T> T ask(AdminOption.Asker<T> asker) throws CommandFailedException, InterruptedException {
        return admin.ask(operator.variables(), asker);
    }

    /** Asks, and shows the answer: as the API gives it, or as people want it. Returns the answer. */
    <T> T show(Question<T> question, BiConsumer<T, Screen> people)
            throws CommandFailedException, InterruptedException {
        Reply<T> reply = ask(client -> client.ask(question));
        show(reply, people);
        return reply.answer();
    }

    /** Shows an answer that is there already. */
    <T> void show(Reply<T> reply, BiConsumer<T, Screen> people) {
        if (output == Output.JSON) {
            json(reply.pretty());
        } else {
            people.accept(reply.answer(), screen());
        }
    }

    /** Writes what is JSON already. */
    void json(String json) {
        command.commandLine().getOut().println(PlainText.json(json));
    }
}
