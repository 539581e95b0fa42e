package io.tapetum.interop.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Toolbox;

/**
 * podman with images and containers of its own. Whoever opens it gets an empty one: what a JVM that was killed has left
 * running is ended first. A JVM that ends early closes what it has open. One thread uses it.
 */
public final class Podman implements AutoCloseable {
    private final Path folder;
    private final List<String> command;
    private final Thread closer = new Thread(this::remove, "podman-closer");

    private Podman(Path folder) {
        this.folder = folder.toAbsolutePath();
        Path run = this.folder.resolve("run");
        this.command = List.of(Toolbox.command("podman", "podman"), "--root", this.folder.resolve("storage").toString(),
                "--runroot", run.toString(), "--tmpdir", run.resolve("engine").toString());
    }

    /** Whether {@code ./verify} has unpacked it. */
    public static boolean available() {
        return Toolbox.find("podman", "podman").isPresent();
    }

    /** An empty one, which keeps everything in a folder that it makes and removes. */
    public static Podman open(Path folder) {
        Podman podman = new Podman(folder);
        podman.remove();
        try {
            Files.createDirectories(podman.folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(podman.closer);
        return podman;
    }

    /** Loads an archive as {@code podman load} does, and returns the name of the image that is in it. */
    public String load(Path archive) {
        String answer = check("load", "--quiet", "--input", archive.toAbsolutePath().toString());
        return answer.lines().filter(line -> line.startsWith("Loaded image")).map(line -> line.split(": ", 2)[1])
                .map(String::strip).findFirst()
                .orElseThrow(() -> new IllegalStateException("podman load has loaded nothing: " + answer));
    }

    /** A container that can be started. */
    public Container create(ContainerPlan plan) {
        check(plan.command("create").toArray(String[]::new));
        return new Container(this, plan);
    }

    /** Runs a container to its end, and leaves nothing of it. */
    public Commands.Result run(ContainerPlan plan) {
        return attempt(plan.command("run", "--rm").toArray(String[]::new));
    }

    /** What podman knows of an image, by a Go template. */
    public String inspectImage(String image, String template) {
        return check("image", "inspect", "--format", template, image).strip();
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(closer);
    }

    /** Runs a command that may fail. */
    Commands.Result attempt(String... arguments) {
        return Commands.run(Path.of("/"), Stream.concat(command.stream(), Arrays.stream(arguments)).toList());
    }

    /** Runs a command that must succeed. */
    String check(String... arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(Arrays.asList(arguments));
        return Commands.check(Path.of("/"), whole);
    }

    private void remove() {
        if (Files.exists(folder)) {
            check("rm", "--all", "--force", "--time", "0");
            deleteTree(folder);
        }
    }

    private static void deleteTree(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + root, e);
        }
    }
}
