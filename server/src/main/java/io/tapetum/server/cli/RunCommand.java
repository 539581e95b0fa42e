package io.tapetum.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.EffectiveConfiguration;
import io.tapetum.server.config.EnvironmentLayer;
import io.tapetum.server.config.LogSettings;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.environment.CalicoEnvironment;
import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.journal.EventKind;
import io.tapetum.server.keys.WatchedKeyring;
import io.tapetum.server.logging.Logging;
import io.tapetum.server.reflector.ReflectorStarter;
import io.tapetum.server.source.PeerSource;

/** {@code tapetum run}. */
@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "Run a reflector until it is drained or told to stop.", description = {
        "%nSIGTERM and SIGINT close the connections without a NOTIFICATION: peers keep the routes for the"
                + " restart time, and forwarding goes on while the reflector restarts. To take it out of service use"
                + " tapetum drain.%n",
        "The variables of calico/routereflector are understood: IP, IP6, DATASTORE_TYPE, ETCD_ENDPOINTS, KUBECONFIG"
                + " and the others. tapetum config show says what they come to.%n"}, footerHeading = "%nExamples:%n", footer = {
                        "  tapetum run",
                        "  tapetum run --config /etc/tapetum.conf --log-format json",
                        "  IP=10.0.0.2 KUBECONFIG=/etc/kubeconfig tapetum run"})
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private static final String HOW_TO_PEER = """

                                              Every BGP speaker on this host is welcome as a client. A BIRD 1.6 at 127.0.0.2 needs these five lines:

                                                router id 10.0.0.2;
                                                listen bgp address 127.0.0.2 port 1790;
                                                protocol device { }
                                                protocol static { route 10.2.0.0/24 blackhole; }
                                                protocol bgp reflector { local 127.0.0.2 as 64512; neighbor 127.0.0.1 port 1790 as 64512; export all; }

                                              With a second one at 127.0.0.3 each gets the other's route. `tapetum status` shows the sessions.
                                              """;

    private final ReflectorStarter starter;
    private final Function<ServerSettings, @Nullable PeerSource> sources;
    private final Termination termination;
    private final Map<String, String> variables;

    @Option(names = {"-c",
            "--config"}, paramLabel = "FILE", description = "the configuration, which counts before the environment; without it and without IP, IP6 and"
                    + " DATASTORE_TYPE, a reflector in AS 64512 for clients on this host, at 127.0.0.1 port 1790")
    private @Nullable Path config;

    @Option(names = "--log-format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; overrules log.format")
    private LogSettings.@Nullable Format logFormat;

    @Option(names = "--log-level", paramLabel = "LEVEL", description = "${COMPLETION-CANDIDATES}; overrules log.level")
    private @Nullable Level logLevel;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    RunCommand(ReflectorStarter starter, Function<ServerSettings, @Nullable PeerSource> sources,
            Termination termination,
            Map<String, String> variables) {
        this.sources = sources;
        this.variables = variables;
        this.starter = starter;
        this.termination = termination;
    }

    /** Whoever starts without a configuration wants to see a session. */
    private void sayHowToPeer() {
        spec.commandLine().getOut().println(HOW_TO_PEER);
        spec.commandLine().getOut().flush();
    }

    @Override
    public Integer call() throws ConfigurationException, CommandFailedException, InterruptedException {
        EnvironmentLayer environment = CalicoEnvironment.of(variables);
        EffectiveConfiguration configuration = config == null
                ? Configuration.withoutFile(environment)
                : Configuration.load(config, environment);
        ServerSettings written = configuration.settings();
        LogSettings log = new LogSettings(logLevel != null ? logLevel : written.log().level(),
                logFormat != null ? logFormat : written.log().format());
        EventJournal journal = new EventJournal(written.events().keep());
        Logging.configure(log, journal);
        try (WatchedKeyring keys = ConfiguredKeys.open(configuration, variables)) {
            ConfiguredKeys.warnings(written)
                    .forEach(warning -> LOG.atWarn().addKeyValue(EventKind.KEY, EventKind.KEYS).log(warning));
            keys.start();
            ReflectorProcess process = new ReflectorProcess(starter, sources, termination, keys, variables, journal,
                    configuration.values());
            process.run(written.withLog(log), config == null && environment.isEmpty() ? this::sayHowToPeer : () -> {
            });
            return ExitCode.OK;
        } finally {
            Logging.stop();
        }
    }
}
