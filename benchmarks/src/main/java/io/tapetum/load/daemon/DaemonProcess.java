package io.tapetum.load.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.tapetum.load.client.FailureKind;
import io.tapetum.load.client.LoadFailedException;

/** A daemon at work, in a folder of its own that goes with it. Also stopped when this process is. */
public final class DaemonProcess implements AutoCloseable {

    /** To start; a checkout may have to be built first. */
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final int LINES_SHOWN = 5;

    private final Daemon daemon;
    private final Setting setting;
    private final Process process;
    private final Thread atShutdown = new Thread(this::end);

    private DaemonProcess(Daemon daemon, Setting setting, Process process) {
        this.daemon = daemon;
        this.setting = setting;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(atShutdown);
    }

    /**
     * Starts a daemon and waits until it listens.
     *
     * @param port to listen on; 0 for any that is free
     * @param clients how many there will be, at most
     */
    public static DaemonProcess start(Daemon daemon, Installation installation, int port, int clients)
            throws LoadFailedException, InterruptedException {
        DaemonProcess launched = launch(daemon, installation, port, clients, List.of(), Map.of());
        try {
            launched.awaitListening();
            return launched;
        } catch (IOException e) {
            throw new LoadFailedException(FailureKind.NOT_AVAILABLE,
                    daemon.id() + " cannot be watched: " + e.getMessage());
        }
    }

    /**
     * Starts a daemon and does not wait for it.
     *
     * @param port to listen on; 0 for any that is free
     * @param clients how many there will be, at most
     * @param instead what is started instead of the daemon's own executable; empty for that
     * @param variables of the environment, besides those of this process
     */
    public static DaemonProcess launch(Daemon daemon, Installation installation, int port, int clients,
            List<String> instead, Map<String, String> variables) throws LoadFailedException {
        Optional<Path> executable = daemon.find(installation);
        if (executable.isEmpty() && instead.isEmpty()) {
            throw new LoadFailedException(FailureKind.NOT_AVAILABLE, daemon.id() + " is not found");
        }
        try {
            Path folder = Files.createTempDirectory("tapetum-load-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Setting setting = port == 0
                    ? new Setting(folder, Setting.freePort(), Setting.freePort(), clients)
                    : new Setting(folder, port, port + 1, clients);
            Path configuration = Files.writeString(setting.file("conf"), daemon.configuration(setting));
            // OpenBGPD reads no file that others may.
            Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
            List<String> command = new ArrayList<>(
                    instead.isEmpty() ? List.of(executable.orElseThrow().toString()) : instead);
            command.addAll(daemon.arguments(setting, configuration));
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(setting.file("output").toFile());
            builder.environment().putAll(variables);
            return new DaemonProcess(daemon, setting, builder.start());
        } catch (IOException e) {
            throw new LoadFailedException(FailureKind.NOT_AVAILABLE,
                    daemon.id() + " cannot be started: " + e.getMessage());
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(Setting.LOOPBACK, setting.port());
    }

    /** Its process; that of the first if there are several. */
    public long pid() {
        return process.pid();
    }

    /** Whether it is still there. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines of what it has said, for a message; empty if it was silent. */
    public String lastWords() {
        try (Stream<String> lines = Files.lines(setting.file("output"), StandardCharsets.ISO_8859_1)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LINES_SHOWN), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() throws LoadFailedException, InterruptedException, IOException {
        long begun = System.nanoTime();
        while (!listens()) {
            boolean late = System.nanoTime() - begun > START.toNanos();
            if (late || !process.isAlive()) {
                String words = lastWords();
                close();
                throw new LoadFailedException(FailureKind.NOT_AVAILABLE,
                        daemon.id() + (late ? " does not listen" : " ended at once")
                                + (words.isEmpty() ? "" : ":\n" + words));
            }
            Thread.sleep(20);
        }
    }

    /** Looks it up in the kernel's tables: a connection would be one more peer. State 0A is LISTEN. */
    private boolean listens() throws IOException {
        String listening = String.format(Locale.ROOT, ":%04X ", setting.port());
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table)) && Files.readAllLines(Path.of(table)).stream()
                    .anyMatch(line -> line.contains(listening)
                            && line.matches(" *\\d+: \\S+" + listening + "\\S+ 0A .*"))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atShutdown);
        end();
    }

    private void end() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
        try (Stream<Path> files = Files.walk(setting.folder())) {
            files.sorted(Comparator.reverseOrder()).forEach(DaemonProcess::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
