package io.tapetum.interop.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** A computer of the lab: a network namespace with one interface, {@code eth0}. */
public final class Host {
    private final Lab lab;
    private final String name;
    private final int number;
    private final List<Daemon> daemons = new ArrayList<>();

    Host(Lab lab, String name, int number) {
        this.lab = lab;
        this.name = name;
        this.number = number;
    }

    public String name() {
        return name;
    }

    /** Its IPv4 address, without a prefix length. It is the router id of what runs here, too. */
    public String ipv4() {
        return "10.77.0." + number;
    }

    /** Its IPv6 address, without a prefix length, as every daemon prints it. */
    public String ipv6() {
        return "fd77::" + Integer.toHexString(number);
    }

    /** Where configuration and logs are; they stay after the lab is closed. */
    public Path folder() {
        return lab.folder().resolve(name);
    }

    /** Where sockets and process ids are: a short path, for the name of a UNIX socket has 107 octets at most. */
    public Path sockets() {
        return lab.sockets().resolve(name);
    }

    /**
     * Writes a file into {@link #folder}, readable by root only, as some daemons demand. One that is there already is replaced
     * as a whole: nobody reads half a configuration, or half a key.
     */
    public Path write(String fileName, String content) {
        try {
            Path file = folder().resolve(fileName);
            Path whole = Files.writeString(folder().resolve(fileName + ".whole"), content);
            Files.setPosixFilePermissions(whole, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a process here. What it prints goes to {@code logName.log} in {@link #folder}. */
    public Daemon start(String logName, String... command) {
        return start(logName, Map.of(), command);
    }

    /** The same, with more variables in its environment. */
    public Daemon start(String logName, Map<String, String> environment, String... command) {
        Daemon daemon = new Daemon(folder(), folder().resolve(logName + ".log"), environment, here(command));
        daemons.add(daemon);
        return daemon;
    }

    /** Runs a command here that must succeed, and returns what it printed. */
    public String run(String... command) {
        return Commands.check(folder(), here(command));
    }

    /** Runs a command here that may fail. */
    public Commands.Result attempt(String... command) {
        return Commands.run(folder(), here(command));
    }

    /** Its network namespace, as a file. */
    public Path namespace() {
        return Path.of("/run/netns", lab.namespace(name));
    }

    /** Does something on a thread that lives on this host: sockets opened there stay on it. */
    public <T> T inside(Callable<T> work) {
        return NamespaceThread.call(namespace(), work);
    }

    /** Makes its packets to another host take the way over a third one, which routes them from then on. Call it in an open lab. */
    public void reach(Host other, Host router) {
        router.kernel("net/ipv4/ip_forward", 1);
        router.kernel("net/ipv6/conf/all/forwarding", 1);
        // All are on one link: the router would tell of the shorter way.
        router.kernel("net/ipv4/conf/all/send_redirects", 0);
        router.kernel("net/ipv4/conf/eth0/send_redirects", 0);
        kernel("net/ipv6/conf/eth0/accept_redirects", 0);
        lab.ip("-n", lab.namespace(name), "route", "add", other.ipv4() + "/32", "via", router.ipv4());
        lab.ip("-n", lab.namespace(name), "route", "add", other.ipv6() + "/128", "via", router.ipv6());
    }

    /** Sets a parameter of the kernel that is this host's own. */
    public void kernel(String parameter, long value) {
        run("sh", "-c", "echo " + value + " > /proc/sys/" + parameter);
    }

    /** Sends a packet, from its IP header on, as it is: its source may be somebody else. */
    public void send(byte[] packet) {
        inside(() -> {
            RawSocket.send(packet);
            return packet;
        });
    }

    /** A counter of the kernel's TCP here, as {@code nstat} names it without the group. */
    public long counter(String counter) {
        // Every group has a line of names and one of values.
        List<String> lines = run("cat", "/proc/net/netstat").lines().toList();
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            int column = List.of(lines.get(i).split(" ")).indexOf(counter);
            if (column > 0) {
                return Long.parseLong(lines.get(i + 1).split(" ", -1)[column]);
            }
        }
        throw new IllegalArgumentException("The kernel does not count " + counter);
    }

    /** What {@link #start} has started and still runs, and the processes that those started. */
    public Stream<ProcessHandle> processes() {
        return daemons.stream().filter(Daemon::alive).flatMap(Daemon::processes);
    }

    /** Pulls the cable: from now on nothing comes in or goes out, and nobody is told. */
    public void unplug() {
        lab.ip("-n", lab.namespace(Lab.SWITCH), "link", "set", name, "down");
    }

    /** Plugs the cable in again. */
    public void plug() {
        lab.ip("-n", lab.namespace(Lab.SWITCH), "link", "set", name, "up");
    }

    void build() {
        try {
            Files.createDirectories(folder());
            Files.createDirectories(sockets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String namespace = lab.namespace(name);
        lab.ip("netns", "add", namespace);
        lab.ip("-n", namespace, "link", "add", "eth0", "type", "veth", "peer", "name", name, "netns",
                lab.namespace(Lab.SWITCH));
        lab.ip("-n", lab.namespace(Lab.SWITCH), "link", "set", name, "master", "switch", "up");
        lab.ip("-n", namespace, "address", "add", ipv4() + "/24", "dev", "eth0");
        // Nobody else has the address: without duplicate address detection it can be used at once.
        lab.ip("-n", namespace, "address", "add", ipv6() + "/64", "dev", "eth0", "nodad");
        lab.ip("-n", namespace, "link", "set", "lo", "up");
        lab.ip("-n", namespace, "link", "set", "eth0", "up");
    }

    void killDaemons() {
        daemons.stream().filter(Daemon::alive).forEach(Daemon::kill);
        daemons.clear();
    }

    /** The command that runs another one here. */
    public List<String> here(String... command) {
        List<String> whole = new ArrayList<>(List.of(Toolbox.ip(), "netns", "exec", lab.namespace(name)));
        whole.addAll(Arrays.asList(command));
        return whole;
    }
}
