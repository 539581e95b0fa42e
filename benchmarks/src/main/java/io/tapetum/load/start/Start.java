package io.tapetum.load.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.tapetum.load.Environment;
import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.daemon.Daemon;
import io.tapetum.load.daemon.DaemonProcess;
import io.tapetum.load.daemon.Installation;
import io.tapetum.load.measure.ProcessTree;
import io.tapetum.load.report.Json;

/** The program that {@code benchmarks/start} starts. */
@Command(name = "benchmarks/start", mixinStandardHelpOptions = true, sortOptions = false, header = "Measure how soon reflectors are there, what they occupy when idle, and how large they are.", description = "%nReflectors take turns, each time with a fresh process. Ends with 0, or with 1 if one of them never reflected the route.%n")
final class Start implements Callable<Integer> {

    private static final double NANOS = 1e9;
    private static final double KIB_PER_MIB = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BEGIN = "<!-- benchmarks/start --page writes what follows -->\n";
    private static final String END = "<!-- until here -->\n";

    @Option(names = "--against", split = ",", paramLabel = "DAEMON", defaultValue = "tapetum,bird1,bird2,frr,gobgp,openbgpd", description = "whom to start: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private List<Daemon> against = List.of();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "10", description = "in turns (A B C A B C). Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--idle", paramLabel = "SECONDS", defaultValue = "5", description = "until memory is looked at. Default: ${DEFAULT-VALUE}")
    private int idle;

    @Option(names = "--image", paramLabel = "TAR", description = "of Tapetum, a docker-archive; needs root. Default: image/target/tapetum-image.tar, if it is there")
    private @Nullable Path image;

    @Option(names = "--json", paramLabel = "FILE", description = "where every single start is written to. Default: benchmarks/target/start.json")
    private @Nullable Path json;

    @Option(names = "--peers", paramLabel = "DIR", description = "where daemons are, as for benchmarks/load")
    private @Nullable Path peers;

    @Option(names = "--page", paramLabel = "FILE", description = "a page in which the tables are replaced, such as benchmarks/README.md")
    private @Nullable Path page;

    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> sizes = new LinkedHashMap<>();

    /** The command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Start()).setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpAutoWidth(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path root = Path.of(System.getProperty("tapetum.root", "..")).toAbsolutePath();
        String configured = System.getenv("TAPETUM_PEERS");
        Path usual = configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache", "tapetum", "peers");
        Installation installation = new Installation(root, peers != null ? peers : usual);
        Path tar = image != null ? image : root.resolve("image/target/tapetum-image.tar");
        Path folder = Files.createTempDirectory("tapetum-start-");
        int code = 0;
        try {
            for (int round = 0; round <= rounds; round++) { // the first one warms up the disk and this program
                for (Contestant contestant : contestants(installation, tar, folder, round == 0)) {
                    code |= run(contestant, installation, round);
                }
            }
        } finally {
            new ProcessBuilder("rm", "-rf", "--one-file-system", folder.toString()).start().waitFor();
        }
        report(installation, root);
        return code;
    }

    private List<Contestant> contestants = List.of();

    private List<Contestant> contestants(Installation installation, Path tar, Path folder, boolean first)
            throws IOException, InterruptedException {
        if (!first) {
            return contestants;
        }
        List<Contestant> all = new ArrayList<>();
        for (Daemon daemon : against) {
            if (!daemon.isFound(installation)) {
                say(daemon.id() + " is not found and left out; ./verify unpacks it");
                continue;
            }
            all.add(Contestant.usual(daemon));
            if (daemon == Daemon.TAPETUM) {
                all.add(Contestant.withoutCache());
                sizes.put(daemon.id() + ", built", Sizes.ofCheckout(installation.tapetum()));
                if (Files.exists(tar)) {
                    ImageFiles files = ImageFiles.unpack(tar, folder);
                    all.add(Contestant.image(files));
                    sizes.put("tapetum, image", Sizes.ofImage(files));
                } else {
                    say("there is no " + tar + "; without it the image is left out");
                }
            } else {
                sizes.put(daemon.id(), Sizes.ofPackage(daemon));
            }
        }
        contestants = all;
        return all;
    }

    private int run(Contestant contestant, Installation installation, int round) throws InterruptedException {
        long begun = System.nanoTime();
        try (DaemonProcess process = DaemonProcess.launch(contestant.daemon(), installation, 0, 2, contestant.instead(),
                contestant.variables());
                FirstRoute first = new FirstRoute(process.address(), PATIENCE)) {
            ProcessTree tree = new ProcessTree(process.pid());
            try {
                long route = first.await();
                double cpu = tree.cpuSeconds();
                Thread.sleep(Duration.ofSeconds(idle));
                if (round > 0) {
                    Map<String, List<Double>> own = figures.computeIfAbsent(contestant.name(),
                            _ -> new LinkedHashMap<>());
                    add(own, "listening, s", (first.listeningNanos() - begun) / NANOS);
                    add(own, "first route, s", (route - begun) / NANOS);
                    add(own, "CPU until then, s", cpu);
                    add(own, "CPU idle, ms/s", (tree.cpuSeconds() - cpu) * 1000 / Math.max(1, idle));
                    add(own, "RSS, MiB", tree.residentKib() / KIB_PER_MIB);
                    add(own, "PSS, MiB", tree.proportionalKib() / KIB_PER_MIB);
                    add(own, "threads", (double) tree.threads());
                    add(own, "processes", (double) tree.processes());
                }
                say("round %d of %d: %s %.3f s".formatted(round, rounds, contestant.name(), (route - begun) / NANOS));
                return 0;
            } catch (IOException e) {
                say(contestant.name() + " FAILED: " + e.getMessage() + "; it said:\n" + process.lastWords());
            }
        } catch (LoadFailedException e) {
            say(contestant.name() + " FAILED: " + e.getMessage());
        }
        return 1;
    }

    private static void add(Map<String, List<Double>> figures, String name, double value) {
        figures.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private void report(Installation installation, Path root) throws IOException {
        Map<String, Object> environment = Environment.describe(installation, against);
        String tables = "On %s cores (%s), kernel %s; medians of %d starts in turns, and from the least to the most.%n%n"
                .formatted(environment.get("cores"), environment.get("processor"), environment.get("kernel"), rounds)
                + startTable() + "\n" + sizeTable();
        System.out.print(tables);
        Path file = json != null ? json : root.resolve("benchmarks/target/start.json");
        Files.writeString(file, Json.write(Map.of("environment", environment, "starts", figures, "sizes MiB", sizes))
                + "\n");
        say("every single start is in " + file);
        if (page != null) {
            String text = Files.readString(page);
            int from = text.indexOf(BEGIN) + BEGIN.length();
            int to = text.indexOf(END, from);
            if (from < BEGIN.length() || to < 0) {
                throw new IOException(page + " has no place for the tables: a line '" + BEGIN.strip()
                        + "', and a line '" + END.strip() + "'");
            }
            Files.writeString(page, text.substring(0, from) + "\n" + tables + "\n" + text.substring(to));
        }
    }

    private String startTable() {
        List<String> columns = figures.values().stream().flatMap(own -> own.keySet().stream()).distinct().toList();
        StringBuilder text = new StringBuilder("| | " + String.join(" | ", columns) + " |\n|---|"
                + "---|".repeat(columns.size()) + "\n");
        figures.forEach((name, own) -> text.append("| ").append(name).append(" | ").append(columns.stream()
                .map(column -> cell(column, own.getOrDefault(column, List.of()))).collect(Collectors.joining(" | ")))
                .append(" |\n"));
        return text.toString();
    }

    private static String cell(String column, List<Double> values) {
        if (values.isEmpty()) {
            return "";
        }
        List<Double> sorted = values.stream().sorted().toList();
        int decimals = column.contains("CPU until") ? 2 : column.endsWith(" s") ? 3 : column.endsWith("MiB") ? 1 : 0;
        String format = "%." + decimals + "f";
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        String least = String.format(Locale.ROOT, format, sorted.getFirst());
        String most = String.format(Locale.ROOT, format, sorted.getLast());
        return String.format(Locale.ROOT, format, median)
                + (least.equals(most) ? "" : " (" + least + " to " + most + ")");
    }

    private String sizeTable() {
        StringBuilder text = new StringBuilder("| on disk | MiB |\n|---|---|\n");
        sizes.forEach((name, parts) -> text.append("| ").append(name).append(" | ")
                .append(parts.isEmpty()
                        ? "not known here"
                        : parts.entrySet().stream()
                                .map(part -> String.format(Locale.ROOT, "%s %.1f", part.getKey(), part.getValue()))
                                .collect(Collectors.joining(", ")))
                .append(" |\n"));
        return text.toString();
    }

    private static void say(String what) {
        System.err.println("start: " + what);
    }
}
