package io.tapetum.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that runs until it is stopped, with everything it prints in a file. It is stopped by its own process id. */
public final class Daemon {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    Daemon(Path folder, Path log, Map<String, String> environment, List<String> command) {
        this.log = log;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectInput(new java.io.File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).redirectErrorStream(true);
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** It and the processes that it started. */
    public Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    public Path log() {
        return log;
    }

    /** Everything it has printed since the lab began. */
    public String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM and waits for its end. */
    public void terminate() {
        process.destroy();
        awaitEnd("SIGTERM");
    }

    /** Sends SIGKILL to it and to the processes that it started, and waits for its end. */
    public void kill() {
        try (Stream<ProcessHandle> family = process.descendants()) {
            List<ProcessHandle> children = family.toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        awaitEnd("SIGKILL");
    }

    /** Sends SIGHUP, at which many daemons read their configuration again. */
    public void hangUp() {
        signal("-HUP");
    }

    /** Sends SIGSTOP to it and to the processes that it started. */
    public void freeze() {
        signal("-STOP");
    }

    /** Sends SIGCONT to it and to the processes that it started. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", signal, Long.toString(process.pid())));
        try (Stream<ProcessHandle> family = process.descendants()) {
            family.forEach(child -> command.add(Long.toString(child.pid())));
        }
        Commands.check(Path.of("/"), command);
    }

    private void awaitEnd(String signal) {
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Still running " + GRACE + " after " + signal + ", see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
