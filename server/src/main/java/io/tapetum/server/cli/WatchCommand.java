package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.tapetum.server.admin.Questions;
import io.tapetum.server.admin.ReflectorState;
import io.tapetum.server.cli.view.Cell;
import io.tapetum.server.cli.view.Glance;
import io.tapetum.server.cli.view.Ink;
import io.tapetum.server.cli.view.Screen;
import io.tapetum.server.cli.view.WatchPage;
import io.tapetum.server.journal.JournalQuery;
import io.tapetum.server.journal.Severity;

/** {@code tapetum watch}. */
@Command(name = "watch", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Watch the reflector live.", description = "%nSessions that are down come first, then those that lag; what has changed stands out. Ends with Ctrl-C. While the"
        + " reflector does not answer, the last answer stays, and it is asked again.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum watch", "  tapetum watch --interval 500ms"})
final class WatchCommand implements Callable<Integer> {

    /** The last ones, of which as many are shown as fit. */
    private static final JournalQuery EVENTS = new JournalQuery(0, Long.MAX_VALUE, 10, null, Severity.INFO, null,
            JournalQuery.Order.NEWEST_FIRST);

    private final Operator operator;
    private final Termination termination;

    @Option(names = "--interval", paramLabel = "TIME", converter = Interval.class, description = "between two looks, 100ms to 1h; 2s unless you say otherwise")
    private Duration interval = Duration.ofSeconds(2);

    @Mixin
    private AdminOption admin = new AdminOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    WatchCommand(Operator operator, Termination termination) {
        this.operator = operator;
        this.termination = termination;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        if (!operator.terminal().isTerminal()) {
            throw new CommandFailedException("watch needs a terminal; in a script use tapetum status --output json, or"
                    + " tapetum show events --follow");
        }
        // The first answer decides whether there is anything to watch.
        Glance glance = glance();
        try (FullScreen full = FullScreen.open(spec.commandLine().getOut())) {
            termination.whenTold(full::close);
            WatchPage page = new WatchPage();
            String trouble = "";
            while (!operator.terminal().isGone()) {
                full.show(frame(page, glance, trouble));
                Thread.sleep(interval);
                try {
                    glance = glance();
                    trouble = "";
                } catch (CommandFailedException e) {
                    trouble = String.valueOf(e.getMessage());
                }
            }
        }
        return ExitCode.OK;
    }

    private Glance glance() throws CommandFailedException, InterruptedException {
        return admin.ask(operator.variables(), client -> {
            ReflectorState state = client.ask(Questions.status()).answer();
            return new Glance(state.routerId(), state.ready(), client.sessions(),
                    client.ask(Questions.tables()).answer(), client.ask(Questions.delays()).answer(),
                    client.ask(Questions.events(EVENTS)).answer().entries());
        });
    }

    private String frame(WatchPage page, Glance glance, String trouble) {
        StringWriter frame = new StringWriter();
        Terminal.Size size = operator.terminal().size();
        Screen screen = operator.screen(new PrintWriter(frame, true), size);
        page.print(glance, size.rows() - 1, screen);
        screen.line(new Cell(trouble, Ink.BAD));
        return frame.toString();
    }
}
