package io.tapetum.interop.speaker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;

/** One BIRD process, of any version, and its control socket. */
final class BirdDaemon {
    private final Host host;
    private final String name;
    private final String packageFolder;
    private final String suffix;
    private @Nullable Daemon daemon;

    /** A process called NAME in files, of a package's {@code bird} and {@code birdc} with a suffix. */
    BirdDaemon(Host host, String name, String packageFolder, String suffix) {
        this.host = host;
        this.name = name;
        this.packageFolder = packageFolder;
        this.suffix = suffix;
    }

    /** Starts with a configuration, as calico-node does: always in graceful restart recovery (-R). */
    void start(String configuration) {
        daemon = host.start(name, Toolbox.command(packageFolder, "bird" + suffix), "-R", "-f", "-c",
                host.write(name + ".conf", configuration).toString(), "-s",
                socket(), "-P", host.sockets().resolve(name + ".pid").toString());
        await().atMost(Duration.ofSeconds(20)).until(() -> attempt("show status").status() == 0);
    }

    boolean running() {
        return daemon != null && daemon.alive();
    }

    void stop() {
        if (daemon != null) {
            daemon.terminate();
        }
    }

    void kill() {
        if (daemon != null) {
            daemon.kill();
        }
    }

    void configure(String configuration) {
        host.write(name + ".conf", configuration);
        ask("configure");
    }

    /**
     * Which one it is by the daemon's own log. What "show protocols" says since when it is up is not the same at any two
     * times, for BIRD 1.6 computes it from two clocks of whole seconds.
     */
    Optional<String> session(String neighbour) {
        // Each protocol of "show protocols all" says its state before its neighbour's address.
        boolean up = false;
        for (String line : ask("show protocols all").lines().map(String::strip).toList()) {
            if (line.startsWith("BGP state:")) {
                up = line.endsWith("Established");
            } else if (line.startsWith("Neighbor address:") && line.endsWith(" " + neighbour)) {
                return up ? Optional.of("number " + sessions(neighbour)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** How many there were. For BIRD 1.6 a session is "up" again whenever its filter has changed; BIRD 2 tells no more of it. */
    private long sessions(String neighbour) {
        String name = BirdFilters.protocolName(neighbour);
        String start = packageFolder.equals("bird1") ? ": Connected to table" : ": State changed to up";
        return daemon == null ? 0 : daemon.printed().lines().filter(line -> line.contains("> " + name + start)).count();
    }

    List<SeenRoute> routes(String prefix) {
        // Of a prefix that is not there BIRD 2 says so with an exit status.
        return BirdRoutes.learned(attempt("show route " + prefix + " all").output());
    }

    String ask(String command) {
        return host.run(clientCommand(command));
    }

    private Commands.Result attempt(String command) {
        return host.attempt(clientCommand(command));
    }

    private String[] clientCommand(String command) {
        List<String> words = new ArrayList<>(List.of(Toolbox.command(packageFolder, "birdc" + suffix), "-s", socket()));
        words.addAll(List.of(command.split(" ")));
        return words.toArray(String[]::new);
    }

    private String socket() {
        return host.sockets().resolve(name + ".ctl").toString();
    }
}
