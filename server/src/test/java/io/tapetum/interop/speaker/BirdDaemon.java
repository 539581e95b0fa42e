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
    /** The column of the table of protocols that says since when one is in its state. */
    private static final int SINCE = 4;

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

    /** Since when the session with a neighbour is Established. */
    Optional<String> session(String neighbour) {
        // Of each protocol "show protocols all" has a line of the table, its state, and then its neighbour's address.
        String since = "";
        boolean up = false;
        for (String line : ask("show protocols all").lines().toList()) {
            if (!line.isBlank() && !line.startsWith(" ")) {
                since = line.split(" +", -1).length > SINCE ? line.split(" +", -1)[SINCE] : "";
            } else if (line.strip().startsWith("BGP state:")) {
                up = line.endsWith("Established");
            } else if (line.strip().startsWith("Neighbor address:") && line.endsWith(" " + neighbour)) {
                return up ? Optional.of(since) : Optional.empty();
            }
        }
        return Optional.empty();
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
