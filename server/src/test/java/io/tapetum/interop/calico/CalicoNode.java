package io.tapetum.interop.calico;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.speaker.BirdRoutes;
import io.tapetum.interop.speaker.SeenRoute;

/**
 * A node of a Calico cluster. It owns two IPv4 blocks and one IPv6 block, and announces the service ranges as every node
 * does. One thread changes it; any thread may ask it while it runs.
 */
final class CalicoNode {
    private final Host host;
    private final VersionBand band;
    private final long as;
    private final Set<String> blocks = new TreeSet<>();
    private final Map<String, Long> originated = new TreeMap<>();
    private final Map<String, String> nextHops = new TreeMap<>();
    private final List<NodeSession> sessions = new ArrayList<>();
    private final Map<NodeFamily, NodeDaemon> daemons = new EnumMap<>(NodeFamily.class);

    CalicoNode(Host host, int number, VersionBand band, long as) {
        this.host = host;
        this.band = band;
        this.as = as;
        blocks.add(NodeFamily.IPV4.block(number, 0));
        blocks.add(NodeFamily.IPV4.block(number, 1));
        blocks.add(NodeFamily.IPV6.block(number, 0));
        blocks.forEach(block -> originated.put(block, band.localPref()));
        for (NodeFamily family : NodeFamily.values()) {
            originated.put(family.services(), band.localPref());
            daemons.put(family, new NodeDaemon(host, family));
        }
    }

    Host host() {
        return host;
    }

    VersionBand band() {
        return band;
    }

    /** What only this node announces. */
    Set<String> blocks() {
        return Set.copyOf(blocks);
    }

    /** Replaces all sessions; {@link #configure} tells the daemons. */
    void peerWith(List<NodeSession> wanted) {
        sessions.clear();
        sessions.addAll(wanted);
    }

    /** Announces a route with the node's usual LOCAL_PREF. */
    void announce(String prefix) {
        announce(prefix, band.localPref());
    }

    void announce(String prefix, long localPref) {
        originated.put(prefix, localPref);
        reload(NodeFamily.of(prefix));
    }

    /** Announces a route that leads to somebody else. */
    void announceVia(String prefix, String nextHop) {
        nextHops.put(prefix, nextHop);
        announce(prefix);
    }

    void withdraw(String prefix) {
        originated.remove(prefix);
        nextHops.remove(prefix);
        reload(NodeFamily.of(prefix));
    }

    /** Starts both daemons as calico-node does, or starts them again. */
    void start() {
        start(true);
    }

    /** Starts both daemons as if nothing had been forwarded meanwhile. */
    void startAfresh() {
        start(false);
    }

    /** Ends both with SIGKILL, as happens to a node's pod. */
    void kill() {
        daemons.values().forEach(NodeDaemon::kill);
    }

    /** Gives the running daemons the present configuration. */
    void configure() {
        daemons.keySet().forEach(this::reload);
    }

    /** Whether the session with an address is Established. */
    boolean sessionUp(String address) {
        NodeFamily family = NodeFamily.of(address);
        String suffix = "_" + address.replace('.', '_').replace(':', '_');
        return ask(family, "show protocols").lines().filter(line -> line.split(" ", 2)[0].endsWith(suffix))
                .anyMatch(line -> line.contains("Established"));
    }

    /** The best of the learned routes for a prefix, with its attributes. */
    Optional<SeenRoute> route(String prefix) {
        return tableOf(prefix).isEmpty()
                ? Optional.empty()
                : BirdRoutes.best(ask(NodeFamily.of(prefix), "show route " + prefix + " all"));
    }

    /** Every route for a prefix. */
    List<TableRoute> tableOf(String prefix) {
        return table(NodeFamily.of(prefix)).stream().filter(route -> route.prefix().equals(prefix)).toList();
    }

    List<TableRoute> table(NodeFamily family) {
        return TableRoute.parse(ask(family, "show route"));
    }

    /** The prefixes of both families that packets can be sent to. */
    Set<String> reaches() {
        return daemons.keySet().stream().flatMap(family -> table(family).stream()).filter(TableRoute::usable)
                .map(TableRoute::prefix).collect(Collectors.toSet());
    }

    /** The prefixes of both families that BIRD has put into the node's kernel, other than what leads nowhere. */
    Set<String> kernelRoutes() {
        String routes = host.run(Toolbox.ip(), "-4", "route", "show", "proto", "bird")
                + host.run(Toolbox.ip(), "-6", "route", "show",
                        "proto", "bird");
        return routes.lines().map(line -> line.split(" ", 2)[0]).map(CalicoNode::whole)
                .collect(Collectors.toSet());
    }

    String ask(NodeFamily family, String command) {
        return daemon(family).ask(command);
    }

    Path socket(NodeFamily family) {
        return daemon(family).socket();
    }

    List<String> logged(NodeFamily family) {
        return daemon(family).logged();
    }

    @Override
    public String toString() {
        return host.name();
    }

    /** The kernel leaves the length out where it is that of an address. */
    private static String whole(String prefix) {
        return prefix.indexOf('/') >= 0 ? prefix : prefix + (NodeFamily.of(prefix) == NodeFamily.IPV4 ? "/32" : "/128");
    }

    private void start(boolean recovering) {
        daemons.forEach((family, daemon) -> daemon.start(configuration(family), recovering));
    }

    private void reload(NodeFamily family) {
        if (daemon(family).running()) {
            daemon(family).configure(configuration(family));
        }
    }

    private NodeDaemon daemon(NodeFamily family) {
        return Objects.requireNonNull(daemons.get(family));
    }

    private String configuration(NodeFamily family) {
        return new NodeConfiguration(host, band, as, originated, nextHops, sessions).render(family,
                daemon(family).log());
    }
}
