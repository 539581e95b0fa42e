package io.tapetum.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A switch and the hosts on it. Hosts are declared first and exist from {@link #open} to {@link #close}; a JVM that
 * ends early closes what it has open, and a lab that opens removes what a JVM that was killed left behind.
 *
 * <p>Namespaces are named {@code tapetum-PID-NUMBER-HOST}, so that labs of several runs do not meet. One thread uses a
 * lab.
 */
public final class Lab implements AutoCloseable {
    static final String SWITCH = "switch";
    /** The switch's own address, where nobody listens. */
    static final String SWITCH_ADDRESS = "10.77.0.254";
    private static final String PREFIX = "tapetum-";
    private static int opened;

    private final String run;
    private final Path folder;
    private final Path sockets;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Thread closer = new Thread(this::remove, "lab-closer");
    private boolean open;

    /** Declares a lab whose logs go to {@code target/interop/NAME}. */
    public Lab(String name) {
        run = PREFIX + ProcessHandle.current().pid() + "-" + ++opened + "-";
        folder = Path.of("target", "interop", name).toAbsolutePath();
        sockets = Path.of(System.getProperty("java.io.tmpdir"), run.substring(0, run.length() - 1));
    }

    /** Why this process cannot make labs, if it cannot: in many containers even root may not. */
    public static Optional<String> obstacle() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("network namespaces need root");
        }
        String probe = PREFIX + ProcessHandle.current().pid() + "-0-probe";
        Commands.Result added = Commands.run(Path.of("/"), List.of(Toolbox.ip(), "netns", "add", probe));
        if (added.status() != 0) {
            return Optional.of("no network namespaces here: " + added.errors().strip().replace('\n', ' '));
        }
        Commands.check(Path.of("/"), List.of(Toolbox.ip(), "netns", "delete", probe));
        return Optional.empty();
    }

    /** Declares a host with the addresses 10.77.0.NUMBER and fd77::NUMBER. Its name has 15 letters at most. */
    public Host host(String name, int number) {
        Host host = new Host(this, name, number);
        hosts.put(name, host);
        return host;
    }

    public Path folder() {
        return folder;
    }

    /** Creates the switch and the hosts. */
    public void open() {
        removeLeftovers();
        deleteTree(folder);
        Runtime.getRuntime().addShutdownHook(closer);
        open = true;
        String namespace = namespace(SWITCH);
        ip("netns", "add", namespace);
        ip("-n", namespace, "link", "add", "switch", "type", "bridge");
        ip("-n", namespace, "address", "add", SWITCH_ADDRESS + "/24", "dev", "switch");
        ip("-n", namespace, "link", "set", "switch", "up");
        hosts.values().forEach(Host::build);
    }

    /** Kills every daemon that still runs, and removes the namespaces. */
    @Override
    public void close() {
        if (open) {
            remove();
            Runtime.getRuntime().removeShutdownHook(closer);
        }
    }

    String namespace(String host) {
        return run + host;
    }

    Path sockets() {
        return sockets;
    }

    @SuppressWarnings("UnusedReturnValue")
    String ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Toolbox.ip()));
        command.addAll(Arrays.asList(arguments));
        return Commands.check(Path.of("/"), command);
    }

    private void remove() {
        open = false;
        hosts.values().forEach(Host::killDaemons);
        namespaces().filter(name -> name.startsWith(run)).forEach(name -> ip("netns", "delete", name));
        deleteTree(sockets);
    }

    private void removeLeftovers() {
        namespaces().filter(name -> name.matches(PREFIX + "\\d+-\\d+-.*")).filter(name -> {
            long pid = Long.parseLong(name.split("-", -1)[1]);
            return ProcessHandle.of(pid).isEmpty();
        }).forEach(name -> ip("netns", "delete", name));
    }

    private Stream<String> namespaces() {
        return ip("netns", "list").lines().map(line -> line.split(" ", -1)[0]).toList().stream();
    }

    private static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + root, e);
        }
    }
}
