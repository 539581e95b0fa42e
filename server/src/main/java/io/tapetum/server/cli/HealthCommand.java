package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import io.tapetum.server.admin.Probed;
import io.tapetum.server.cli.view.PlainText;

/** {@code tapetum health}. */
@Command(name = "health", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Ask whether the reflector is live, or ready.", description = "%nEnds with 0 if it is, and with 1 if it is not or does not answer; then it says what is missing. A probe for"
        + " containers that have neither a shell nor curl. It needs no token.%n", footerHeading = "%nExamples:%n", footer = {
                "  tapetum health", "  tapetum health live"})
final class HealthCommand implements Callable<Integer> {

    /** What can be asked; the word is that of the URL without its z. */
    enum Probe {
        LIVE("/livez", "live"), READY("/readyz", "ready"), STARTUP("/startupz", "started");

        private final String path;
        private final String adjective;

        Probe(String path, String adjective) {
            this.path = path;
            this.adjective = adjective;
        }

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Operator operator;

    @Parameters(arity = "0..1", paramLabel = "PROBE", description = "${COMPLETION-CANDIDATES}: live is whether the process works, startup whether it has started, ready whether peers"
            + " can rely on it; ready unless you say otherwise")
    private Probe probe = Probe.READY;

    @Mixin
    private AdminOption admin = new AdminOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    HealthCommand(Operator operator) {
        this.operator = operator;
    }

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        Probed probed = admin.ask(operator.variables(), client -> client.probe(probe.path));
        PrintWriter out = spec.commandLine().getOut();
        out.println((probed.passed() ? "" : "not ") + probe.adjective);
        // A check that has passed may say something, too: a source that is lost, say.
        probed.text().lines().filter(line -> line.startsWith("[-]") || line.startsWith("[+]") && line.contains(": "))
                .forEach(line -> out.println(PlainText.of("  " + line.substring("[-]".length()))));
        return probed.passed() ? ExitCode.OK : ExitCode.FAILED;
    }
}
