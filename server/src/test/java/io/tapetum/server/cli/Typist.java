package io.tapetum.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import io.tapetum.server.admin.AdminServer;
import io.tapetum.server.admin.api.Api;
import io.tapetum.server.admin.api.Subject;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.health.Health;
import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.metrics.ReflectorMetrics;
import io.tapetum.server.reflector.RunningReflector;

/** Somebody who types commands about a reflector that answers on a free port. */
final class Typist implements AutoCloseable {

    final Map<String, String> variables = new HashMap<>();
    final StubKeyboard keyboard = new StubKeyboard();
    final StubTerminal terminal = new StubTerminal();
    final EventJournal journal = new EventJournal(100);

    /** What was written, together with what is being written. */
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    private final AdminServer server;

    private Typist(RunningReflector reflector) throws IOException {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        server = AdminServer.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), AdminSettings.OFF,
                Map.of(), meters);
        server.serve(Api.routes(new Subject(reflector, new Health(reflector, () -> true), journal,
                new ReflectorMetrics(meters, "1.0", "0123456789ab", reflector, AdminSettings.Metrics.DEFAULT), "1.0",
                List.of(), () -> {
                })));
    }

    static Typist about(RunningReflector reflector) throws IOException {
        return new Typist(reflector);
    }

    /** Types a command whose words are separated by blanks, and returns what it ends with. */
    int type(String line) {
        return type(line.split(" "));
    }

    /** Types a command about that reflector; before, what was written is forgotten. */
    int type(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.add("--admin");
        arguments.add("127.0.0.1:" + server.address().getPort());
        return program().execute(arguments.toArray(String[]::new));
    }

    /** The program, with this keyboard and terminal. */
    CommandLineInterface program() {
        return new CommandLineInterface((_, _, _) -> {
            throw new AssertionError("nothing should have been started");
        }, _ -> null, terminal.termination(), variables, keyboard, terminal)
                .writingTo(new PrintWriter(out, true), new PrintWriter(err, true));
    }

    /** Lines that were written. */
    List<String> lines() {
        return out.toString().lines().toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
