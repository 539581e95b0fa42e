package io.tapetum.interop.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.tapetum.interop.lab.Commands;

/**
 * A container, which can be started more than once. Closing it leaves nothing of it but what it has printed, in NAME.log in
 * the folder of its host. One thread uses it.
 */
public final class Container implements AutoCloseable {
    private final Podman podman;
    private final ContainerPlan plan;

    Container(Podman podman, ContainerPlan plan) {
        this.podman = podman;
        this.plan = plan;
    }

    /** Starts it, or starts it again. */
    public void start() {
        podman.check("start", plan.name());
    }

    public boolean running() {
        return inspect("{{.State.Running}}").equals("true");
    }

    /** Everything it has printed since it was created. */
    public String printed() {
        Commands.Result logs = podman.attempt("logs", plan.name());
        return logs.output() + logs.errors();
    }

    /** Runs a command in it that may fail. */
    public Commands.Result exec(String... command) {
        return podman.attempt(with("exec", command));
    }

    /** Runs a command in it that must succeed, and returns what it printed. */
    public String execute(String... command) {
        return podman.check(with("exec", command));
    }

    /** Has it stopped as an engine does, with SIGTERM, and returns its exit code. */
    public int stop() {
        podman.check("stop", "--time", "20", plan.name());
        return exitCode();
    }

    /** Waits for its end, and returns its exit code. */
    public int exitCode() {
        return Integer.parseInt(podman.check("wait", plan.name()).strip());
    }

    /** The names of its program's threads, 15 letters of each at most. */
    public List<String> threads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", inspect("{{.State.Pid}}"), "task"))) {
            List<String> names = new ArrayList<>();
            for (Path task : tasks.toList()) {
                names.add(Files.readString(task.resolve("comm")).strip());
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What podman knows of it, by a Go template. */
    public String inspect(String template) {
        return podman.check("container", "inspect", "--format", template, plan.name()).strip();
    }

    @Override
    public void close() {
        try {
            Files.writeString(plan.host().folder().resolve(plan.name() + ".log"), printed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        podman.check("rm", "--force", "--time", "0", plan.name());
    }

    private String[] with(String verb, String... command) {
        List<String> whole = new ArrayList<>(List.of(verb, plan.name()));
        whole.addAll(List.of(command));
        return whole.toArray(String[]::new);
    }
}
