package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.admin.AdminEndpoint;
import io.tapetum.server.cli.view.PlainText;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.datastore.PeerSources;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.journal.Severity;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.KeysException;
import io.tapetum.server.reflector.ReflectorStarter;
import io.tapetum.server.source.PeerSource;
import io.tapetum.server.tls.PemException;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** The command {@code tapetum} with its subcommands. */
public final class CommandLineInterface {

    private static final String DEFAULT_COMMAND = "run";
    private static final String COMPLETION = "completion";

    @Command(name = "tapetum", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false, header = "A BGP route reflector (RFC 4456) for Calico clusters, and for anyone else.", description = "%nWithout a command it runs.", synopsisHeading = "%nUsage: ", commandListHeading = "%nCommands:%n", optionListHeading = "%nOptions:%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
            "0:done; for run: drained, and stopped", "1:failed, for the reason that is printed",
            "2:the command line is wrong", "3:there is no such peer",
            "4:the answer is no: explain, show route and show history say of what",
            "5:the answer is not yet: explain, of a prefix on its way", "70:a fault of the program",
            "78:the configuration is wrong; nothing was started", "130:stopped by SIGINT",
            "143:stopped by SIGTERM"}, footerHeading = "%nExamples:%n", footer = {
                    "  tapetum                            for clients on 127.0.0.1, port 1790",
                    "  tapetum check tapetum.conf         is this file right?",
                    "  tapetum config show                what is in effect, and why?",
                    "  tapetum run --config tapetum.conf  run with it",
                    "  tapetum status                     what are the sessions doing?",
                    "  tapetum watch                      and what now?",
                    "  tapetum explain PEER PREFIX        why has a peer this prefix, or not?",
                    "  tapetum keys list --store FILE     which keys are there?",
                    "  tapetum drain --message upgrade    send peers elsewhere, and stop"})
    private static final class Root {}

    /** Makes each command, by its name. */
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    private @Nullable PrintWriter out;
    private @Nullable PrintWriter err;

    /**
     * @param starter starts the reflector of {@code run}
     * @param termination registers what has to happen when the process is told to end
     */
    public CommandLineInterface(ReflectorStarter starter, Termination termination) {
        this(starter, PeerSources::of, termination, System.getenv(), Keyboard.ofThisProcess(), new ProcessTerminal());
    }

    /** Without a terminal, and with other peer sources, variables and another keyboard than those of this process. */
    CommandLineInterface(ReflectorStarter starter, Function<ServerSettings, @Nullable PeerSource> sources,
            Termination termination, Map<String, String> variables, Keyboard keyboard) {
        this(starter, sources, termination, variables, keyboard, Terminal.NONE);
    }

    /** The same on a terminal. */
    CommandLineInterface(ReflectorStarter starter, Function<ServerSettings, @Nullable PeerSource> sources,
            Termination termination, Map<String, String> variables, Keyboard keyboard, Terminal terminal) {
        Operator operator = new Operator(variables, keyboard, terminal);
        commands.put(DEFAULT_COMMAND, () -> new RunCommand(starter, sources, termination, variables));
        commands.put("check", () -> new CheckCommand(variables));
        commands.put("config", () -> new CommandLine(new ConfigCommand())
                .addSubcommand(new ConfigShowCommand(variables))
                .addSubcommand(new CheckCommand(variables)));
        commands.put("status", () -> new StatusCommand(operator));
        commands.put("health", () -> new HealthCommand(operator));
        commands.put("show", () -> new CommandLine(new ShowCommand())
                .addSubcommand(new ShowSessionsCommand(operator))
                .addSubcommand(new ShowSessionCommand(operator))
                .addSubcommand(new ShowRoutesCommand(operator))
                .addSubcommand(new ShowRouteCommand(operator))
                .addSubcommand(new ShowHistoryCommand(operator))
                .addSubcommand(new ShowGroupsCommand(operator))
                .addSubcommand(new ShowTablesCommand(operator))
                .addSubcommand(new ShowDelaysCommand(operator))
                .addSubcommand(new ShowEventsCommand(operator))
                .addSubcommand(new ShowConfigCommand(operator)));
        commands.put("explain", () -> new ExplainCommand(operator));
        commands.put("watch", () -> new WatchCommand(operator, termination));
        commands.put("clear", () -> new ClearCommand(operator));
        commands.put("shutdown", () -> new ShutdownCommand(operator));
        commands.put("start", () -> new StartCommand(operator));
        commands.put("drain", () -> new DrainCommand(variables));
        commands.put("keys", () -> new CommandLine(new KeysCommand())
                .addSubcommand(new KeysCreateCommand(variables, keyboard))
                .addSubcommand(new KeysAddCommand(variables, keyboard))
                .addSubcommand(new KeysListCommand(variables, keyboard))
                .addSubcommand(new KeysRotateCommand(variables, keyboard))
                .addSubcommand(new KeysRemoveCommand(variables, keyboard))
                .addSubcommand(new KeysImportCommand(variables, keyboard))
                .addSubcommand(new KeysImportTlsCommand(variables, keyboard)));
        commands.put(COMPLETION, CompletionCommand::new);
    }

    /** The root with some of the commands. */
    private CommandLine with(Collection<String> names) {
        CommandLine root = new CommandLine(new Root());
        names.forEach(name -> root.addSubcommand(name, Objects.requireNonNull(commands.get(name)).get()));
        root.registerConverter(Prefix.class, new PrefixConverter());
        word(root, Family.class);
        word(root, PeerRole.class);
        word(root, Severity.class);
        word(root, RouteQuery.Match.class);
        word(root, RouteQuery.View.class);
        root.registerConverter(AdminEndpoint.class, AdminOption::parse);
        root.registerConverter(KeyReference.class, KeystoreOptions::parse);
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setExecutionExceptionHandler((exception, command, _) -> explain(exception, command));
        root.setParameterExceptionHandler((exception, _) -> explain(exception));
        root.setUsageHelpAutoWidth(true);
        if (out != null && err != null) {
            root.setOut(out);
            root.setErr(err);
        }
        return root;
    }

    /** Options take the words of the API for these constants. */
    private static <T extends Enum<T>> void word(CommandLine root, Class<T> type) {
        root.registerConverter(type, text -> Candidates.parse(type, text));
    }

    /** Where output goes instead of the standard streams. */
    CommandLineInterface writingTo(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
        return this;
    }

    /** Every command with its options. */
    CommandSpec specification() {
        return with(commands.keySet()).getCommandSpec();
    }

    /** Does what the arguments say, and returns the exit code. */
    public int execute(String... arguments) {
        List<String> words = withCommand(List.of(arguments));
        String command = words.getFirst();
        // To read what is said of all commands takes as long as the rest of a start, and matters only to those who ask
        // for a list of them, mistype one, or complete it.
        boolean alone = commands.containsKey(command) && !command.equals(COMPLETION);
        return with(alone ? List.of(command) : commands.keySet()).execute(words.toArray(String[]::new));
    }

    /** {@code tapetum --config FILE} means {@code tapetum run --config FILE}. */
    List<String> withCommand(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        boolean root = !all.isEmpty() && (!all.getFirst().startsWith("-")
                || with(List.of()).getCommandSpec().optionsMap().containsKey(all.getFirst()));
        if (!root) {
            all.addFirst(DEFAULT_COMMAND);
        }
        return all;
    }

    /** Operators get sentences; a stack trace is for faults of the program. */
    private static int explain(Exception exception, CommandLine command) {
        PrintWriter err = command.getErr();
        return switch (exception) {
            case ConfigurationException wrong -> {
                wrong.problems().forEach(err::println);
                int count = wrong.problems().size();
                err.println("tapetum: " + (count == 1 ? "1 problem" : count + " problems")
                        + " in the configuration; nothing was started");
                yield ExitCode.CONFIGURATION;
            }
            case CommandFailedException failed -> {
                // A reflector says why, perhaps in the words of somebody else.
                err.println(PlainText.of("tapetum: " + failed.getMessage()));
                yield failed.exitCode();
            }
            case KeysException _,PemException _ -> {
                err.println("tapetum: " + exception.getMessage());
                yield ExitCode.FAILED;
            }
            default -> {
                err.println("tapetum: a fault of the program, please report it with what follows");
                exception.printStackTrace(err);
                yield ExitCode.FAULT;
            }
        };
    }

    private static int explain(ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("tapetum: " + exception.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(exception, err)) {
            err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE;
    }
}
