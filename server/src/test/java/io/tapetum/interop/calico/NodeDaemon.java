package io.tapetum.interop.calico;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;

/** One of a node's two BIRDs as a process. One thread starts and ends it; any may ask it. */
final class NodeDaemon {
    private final Host host;
    private final NodeFamily family;
    private @Nullable Daemon process;

    NodeDaemon(Host host, NodeFamily family) {
        this.host = host;
        this.family = family;
    }

    /**
     * Starts it and returns when it answers.
     *
     * @param recovering whether it says that it has kept forwarding and holds its routes back until it has heard everybody
     *            (-R), as calico-node always does
     */
    void start(String configuration, boolean recovering) {
        String name = family.daemon();
        List<String> command = new ArrayList<>(List.of(Toolbox.command("bird1", name), "-f", "-c",
                host.write(name + ".conf", configuration).toString(), "-s",
                socket().toString(), "-P", host.sockets().resolve(name + ".pid").toString()));
        if (recovering) {
            command.add("-R");
        }
        Daemon started = host.start(name + "-output", command.toArray(String[]::new));
        process = started;
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (!started.alive()) {
                throw new IllegalStateException(name + " ended at its start: " + started.printed());
            }
            return answers();
        });
    }

    boolean running() {
        return process != null && process.alive();
    }

    void kill() {
        if (process != null) {
            process.kill();
        }
    }

    void configure(String configuration) {
        host.write(family.daemon() + ".conf", configuration);
        ask("configure");
    }

    String ask(String command) {
        return BirdControl.ask(socket(), command);
    }

    Path socket() {
        return host.sockets().resolve(family.daemon() + ".ctl");
    }

    Path log() {
        return host.folder().resolve(family.daemon() + ".log");
    }

    /** Everything it has logged since the lab began. */
    List<String> logged() {
        try {
            return Files.readAllLines(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (BirdControl control = BirdControl.connect(socket())) {
            return control.ask("show status").contains("BIRD");
        } catch (IOException e) {
            return false; // Not yet, or the socket of the process before it.
        }
    }
}
