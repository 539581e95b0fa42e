package io.tapetum.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.tapetum.load.daemon.Daemon;
import io.tapetum.load.daemon.Installation;
import io.tapetum.load.measure.ProcessTree;

/** What every workload can be told on the command line. */
final class Options {

    @Option(names = "--against", split = ",", paramLabel = "DAEMON", defaultValue = "tapetum", description = "whom to load, several one after the other in turns: ${COMPLETION-CANDIDATES}."
            + " Default: ${DEFAULT-VALUE}. relay is no reflector but a baseline")
    private List<Daemon> against = List.of();

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "3", description = "runs of each, in turns (A B C A B C); the table shows medians. Default: ${DEFAULT-VALUE}")
    private int repeat;

    @Option(names = "--target", paramLabel = "ADDRESS:PORT", description = "load a reflector that runs already, instead of --against. It must treat connections"
            + " from 127.2.0.0/16 as clients in AS 64512, with the cluster id 224.0.0.1")
    private @Nullable String target;

    @Option(names = "--pid", paramLabel = "PID", description = "its process, to measure processor time and memory")
    private @Nullable Long pid;

    @Option(names = "--json", paramLabel = "FILE", description = "where every single run is written to. Default: a new file in benchmarks/target/load")
    private @Nullable Path json;

    @Option(names = "--peers", paramLabel = "DIR", description = "where daemons are, as NAME/bin/COMMAND; then the PATH. Default: $TAPETUM_PEERS, or"
            + " ~/.cache/tapetum/peers, which ./verify fills")
    private @Nullable Path peers;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "0", description = "that daemons are told to listen on, at 127.0.0.1; GoBGP uses the one after it too."
            + " Default: any that is free")
    private int port;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "300", description = "for every single wait. Default: ${DEFAULT-VALUE}")
    private int timeout;

    @Option(names = "--settle", paramLabel = "MS", defaultValue = "500", description = "quiet before and after what is measured. Default: ${DEFAULT-VALUE}")
    private int settle;

    /** What is wrong with the options together, or nothing. */
    Optional<String> problem() {
        if (repeat < 1) {
            return Optional.of("--repeat is " + repeat + ", must be 1 or more");
        }
        if (timeout < 1) {
            return Optional.of("--timeout is " + timeout + ", must be 1 or more");
        }
        if (settle < 0) {
            return Optional.of("--settle is " + settle + ", must be 0 or more");
        }
        if (port < 0 || port > 65534) {
            return Optional.of("--port is " + port + ", must be 1 to 65534");
        }
        if (pid != null && target == null) {
            return Optional.of("--pid belongs to --target, which is missing");
        }
        if (target != null && parse(target).isEmpty()) {
            return Optional.of("--target is " + target + ", must be an IPv4 address and a port, as in 127.0.0.1:1790");
        }
        return pid != null && ProcessHandle.of(pid).isEmpty()
                ? Optional.of("--pid is " + pid + ", and there is no such process")
                : Optional.empty();
    }

    List<Daemon> against() {
        return against;
    }

    int repeat() {
        return repeat;
    }

    /** The reflector that runs already, if that is to be loaded. */
    Optional<InetSocketAddress> target() {
        return Optional.ofNullable(target).flatMap(Options::parse);
    }

    private static Optional<InetSocketAddress> parse(String target) {
        int colon = Math.max(0, target.lastIndexOf(':'));
        try {
            return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(target.substring(0, colon)),
                    Integer.parseInt(target.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Optional<ProcessTree> process() {
        return Optional.ofNullable(pid).map(ProcessTree::new);
    }

    int port() {
        return port;
    }

    Duration timeout() {
        return Duration.ofSeconds(timeout);
    }

    Duration settle() {
        return Duration.ofMillis(settle);
    }

    Path json() {
        String now = LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss", Locale.ROOT));
        return json != null ? json : root().resolve("benchmarks/target/load").resolve(now + ".json");
    }

    Installation installation() {
        String configured = System.getenv("TAPETUM_PEERS");
        Path usual = configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache", "tapetum", "peers");
        return new Installation(root(), peers != null ? peers : usual);
    }

    /** Folder of the checkout, as the script says. */
    private static Path root() {
        return Path.of(System.getProperty("tapetum.root", ".."));
    }
}
