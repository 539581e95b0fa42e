package io.tapetum.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.tapetum.load.workload.Calico;
import io.tapetum.load.workload.Churn;
import io.tapetum.load.workload.ColdPeer;
import io.tapetum.load.workload.FullTable;
import io.tapetum.load.workload.Nodes;
import io.tapetum.load.workload.RestartStorm;
import io.tapetum.load.workload.SlowPeer;
import io.tapetum.load.workload.Workload;

/** {@code benchmarks/load}: a set of workloads, or the one that is named. */
@Command(name = "benchmarks/load", mixinStandardHelpOptions = true, sortOptions = false, header = "Load a route reflector, check all that it passes on, and measure it.", description = "%nWithout a workload: each of them, in a sensible size.%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:all is well", "1:a reflector cannot be started or reached", "2:the command line is wrong",
        "3:a route was passed on wrongly", "4:routes were missing when the time was up",
        "5:a session was lost"}, footerHeading = "%nExamples:%n", footer = {
                "  benchmarks/load calico --nodes 500 --routes 14",
                "  benchmarks/load churn --nodes 100 --against tapetum,bird2,frr --repeat 5",
                "  benchmarks/load full-table --target 127.0.0.1:1790 --pid 4711"})
final class LoadCommand implements Callable<Integer> {

    private static final String NODES = "of the cluster. Default: ${DEFAULT-VALUE}";
    private static final String ROUTES = "of each node: up to four /26, the others /32. Default: ${DEFAULT-VALUE}";
    private static final String SECONDS = "for how long. Default: ${DEFAULT-VALUE}";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin
    private final Options options = new Options();

    @Override
    public Integer call() throws Exception {
        return run(options, () -> List.of(new Calico(new Nodes(500, 14), 3), new FullTable(100_000, 10),
                new Churn(new Nodes(100, 14), 0, Duration.ofSeconds(3)), new ColdPeer(new Nodes(500, 14), 5),
                new RestartStorm(new Nodes(500, 14)), new SlowPeer(new Nodes(100, 14), Duration.ofSeconds(3))));
    }

    @Command(sortOptions = false, mixinStandardHelpOptions = true, description = "All nodes announce their routes at once; until everybody knows everything.")
    int calico(@Mixin Options common,
            @Option(names = "--nodes", paramLabel = "N", defaultValue = "500", description = NODES) int nodes,
            @Option(names = "--routes", paramLabel = "N", defaultValue = "14", description = ROUTES) int routes,
            @Option(names = "--rounds", paramLabel = "N", defaultValue = "1", description = "with one process: in the second it is warm. Default: ${DEFAULT-VALUE}") int rounds)
            throws Exception {
        return run(common, () -> List.of(new Calico(new Nodes(nodes, routes), rounds)));
    }

    @Command(name = "full-table", sortOptions = false, mixinStandardHelpOptions = true, description = "One client announces an internet-like table; until all others know it.")
    int fullTable(@Mixin Options common,
            @Option(names = "--routes", paramLabel = "N", defaultValue = "100000", description = "of the table. Default: ${DEFAULT-VALUE}") int routes,
            @Option(names = "--receivers", paramLabel = "N", defaultValue = "10", description = "clients that announce nothing. Default: ${DEFAULT-VALUE}") int receivers)
            throws Exception {
        return run(common, () -> List.of(new FullTable(routes, receivers)));
    }

    @Command(sortOptions = false, mixinStandardHelpOptions = true, description = "Single routes change; until each receiver, and until the last one knows.")
    int churn(@Mixin Options common,
            @Option(names = "--nodes", paramLabel = "N", defaultValue = "100", description = NODES) int nodes,
            @Option(names = "--routes", paramLabel = "N", defaultValue = "14", description = ROUTES) int routes,
            @Option(names = "--rate", paramLabel = "N", defaultValue = "0", description = "changes per second; without it, each change waits until the last one is known to all") int rate,
            @Option(names = "--seconds", paramLabel = "N", defaultValue = "5", description = SECONDS) int seconds)
            throws Exception {
        return run(common, () -> List.of(new Churn(new Nodes(nodes, routes), rate, Duration.ofSeconds(seconds))));
    }

    @Command(name = "cold-peer", sortOptions = false, mixinStandardHelpOptions = true, description = "One more client connects; until it knows everything.")
    int coldPeer(@Mixin Options common,
            @Option(names = "--nodes", paramLabel = "N", defaultValue = "500", description = NODES) int nodes,
            @Option(names = "--routes", paramLabel = "N", defaultValue = "14", description = ROUTES) int routes,
            @Option(names = "--times", paramLabel = "N", defaultValue = "5", description = "one after the other. Default: ${DEFAULT-VALUE}") int times)
            throws Exception {
        return run(common, () -> List.of(new ColdPeer(new Nodes(nodes, routes), times)));
    }

    @Command(name = "restart-storm", sortOptions = false, mixinStandardHelpOptions = true, description = "All sessions end at once, and all nodes come back at once.")
    int restartStorm(@Mixin Options common,
            @Option(names = "--nodes", paramLabel = "N", defaultValue = "500", description = NODES) int nodes,
            @Option(names = "--routes", paramLabel = "N", defaultValue = "14", description = ROUTES) int routes)
            throws Exception {
        return run(common, () -> List.of(new RestartStorm(new Nodes(nodes, routes))));
    }

    @Command(name = "slow-peer", sortOptions = false, mixinStandardHelpOptions = true, description = "One client stops reading while everything changes all the time.")
    int slowPeer(@Mixin Options common,
            @Option(names = "--nodes", paramLabel = "N", defaultValue = "100", description = NODES) int nodes,
            @Option(names = "--routes", paramLabel = "N", defaultValue = "14", description = ROUTES) int routes,
            @Option(names = "--seconds", paramLabel = "N", defaultValue = "5", description = SECONDS) int seconds)
            throws Exception {
        return run(common, () -> List.of(new SlowPeer(new Nodes(nodes, routes), Duration.ofSeconds(seconds))));
    }

    private int run(Options chosen, Supplier<List<Workload>> workloads) throws Exception {
        chosen.problem().ifPresent(problem -> {
            throw new ParameterException(spec.commandLine(), problem);
        });
        List<Workload> all;
        try {
            all = workloads.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return new Comparison(chosen, spec.commandLine().getOut(), spec.commandLine().getErr()).run(all);
    }
}
