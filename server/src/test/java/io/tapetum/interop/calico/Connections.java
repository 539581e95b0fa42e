package io.tapetum.interop.calico;

import java.util.Set;
import java.util.stream.Collectors;

import io.tapetum.interop.lab.Host;

/** The TCP connections for BGP that a host's kernel knows of. */
final class Connections {
    /** Established, SYN sent, SYN received: the first three states of the kernel's list. */
    private static final Set<String> ALIVE = Set.of("01", "02", "03");
    private static final String BGP_PORT = ":00B3";

    private Connections() {}

    /** Each that is open or being opened, as both of its ends in the kernel's notation. */
    static Set<String> of(Host host) {
        // Local end, remote end and state are the second, third and fourth column; a heading comes first.
        return host.run("cat", "/proc/net/tcp", "/proc/net/tcp6").lines().map(line -> line.strip().split(" +", 5))
                .filter(words -> words.length == 5 && ALIVE.contains(words[3]))
                .filter(words -> words[1].endsWith(BGP_PORT) || words[2].endsWith(BGP_PORT))
                .map(words -> words[1] + " " + words[2]).collect(Collectors.toSet());
    }
}
