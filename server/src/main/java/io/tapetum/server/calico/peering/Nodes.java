package io.tapetum.server.calico.peering;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.resource.BgpConfiguration;
import io.tapetum.server.calico.resource.BgpPeer;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.selector.Selector;
import io.tapetum.server.calico.selector.SelectorSyntaxException;
import io.tapetum.server.source.DesiredPeer;

/** The nodes of one state of the cluster, how they are found, and what holds for each. Confined to one computation. */
final class Nodes {

    /** What Calico takes where nothing is said. */
    private static final long CALICO_AS = 64512;

    /** RFC 4271 §8. */
    static final int BGP_PORT = 179;

    private final ClusterState state;
    private final long defaultAs;
    private final int defaultPort;
    private final Map<String, CalicoNode> byName = new HashMap<>();
    private final Map<InetAddress, CalicoNode> byAddress = new HashMap<>();

    /** Nodes whose address another one has already, by that address. */
    private final Map<InetAddress, CalicoNode> doubles = new HashMap<>();

    /** Each selector is read once, and evaluated once for all nodes; many BGPPeers have the same. */
    private final Map<String, Parsed> parsed = new HashMap<>();
    private final Map<String, List<CalicoNode>> selected = new HashMap<>();

    private record Parsed(@Nullable Selector selector, @Nullable SelectorSyntaxException failure) {}

    Nodes(ClusterState state) {
        this.state = state;
        BgpConfiguration defaults = state.defaults();
        Long as = defaults.as();
        Integer port = defaults.listenPort();
        this.defaultAs = as == null ? CALICO_AS : as;
        this.defaultPort = port == null ? BGP_PORT : port;
        for (CalicoNode node : state.nodes()) {
            byName.put(node.name(), node);
            index(node, node.ipv4());
            index(node, node.ipv6());
        }
    }

    private void index(CalicoNode node, @Nullable InetAddress address) {
        if (address != null && byAddress.putIfAbsent(address, node) != null) {
            doubles.putIfAbsent(address, node);
        }
    }

    @Nullable
    CalicoNode named(String name) {
        return byName.get(name);
    }

    /** The first that has this address, or {@code null}. */
    @Nullable
    CalicoNode at(InetAddress address) {
        return byAddress.get(address);
    }

    /** The cluster's AS number. */
    long defaultAs() {
        return defaultAs;
    }

    long as(CalicoNode node) {
        Long as = node.as();
        return as == null ? defaultAs : as;
    }

    /** Where it listens. */
    int port(CalicoNode node) {
        BgpConfiguration own = state.configurations().get(BgpConfiguration.NODE_PREFIX + node.name());
        Integer port = own == null ? null : own.listenPort();
        return port == null ? defaultPort : port;
    }

    /** Its address of the same family as another one, or {@code null}. */
    static @Nullable InetAddress address(CalicoNode node, InetAddress other) {
        return other instanceof Inet4Address ? node.ipv4() : node.ipv6();
    }

    /** The nodes that a BGPPeer is for. Empty if it names none that exists, which is a finding. */
    List<CalicoNode> local(BgpPeer peer, Findings findings) {
        if (peer.isGlobal()) {
            return state.nodes();
        }
        if (peer.node().isEmpty()) {
            return selected(peer, "nodeSelector", peer.nodeSelector(), findings);
        }
        CalicoNode node = byName.get(peer.node());
        if (node == null) {
            findings.unknownNode(peer);
            return List.of();
        }
        return List.of(node);
    }

    /** Whether a BGPPeer is for this node. */
    boolean isLocal(BgpPeer peer, CalicoNode node) {
        return peer.isGlobal()
                || (peer.node().isEmpty() ? matches(peer.nodeSelector(), node) : peer.node().equals(node.name()));
    }

    /** The nodes that a BGPPeer has as remote ones. Empty if there are none, which is a finding. */
    List<CalicoNode> remote(BgpPeer peer, Findings findings) {
        return selected(peer, "peerSelector", peer.peerSelector(), findings);
    }

    /** A selector that is absent or cannot be read matches nothing. */
    boolean matches(String text, CalicoNode node) {
        Selector selector = text.isEmpty() ? null : parsed(text).selector;
        return selector != null && selector.matches(node.labels());
    }

    /** Why a selector cannot be read, or {@code null} if it can. */
    @Nullable
    SelectorSyntaxException failure(String text) {
        return text.isEmpty() ? null : parsed(text).failure;
    }

    private List<CalicoNode> selected(BgpPeer peer, String field, String text, Findings findings) {
        SelectorSyntaxException failure = failure(text);
        if (failure != null) {
            findings.notParsed(peer, field, text, failure);
            return List.of();
        }
        List<CalicoNode> nodes = selected.computeIfAbsent(text, this::evaluated);
        if (nodes.isEmpty()) {
            findings.matchesNothing(peer, field, text);
        }
        return nodes;
    }

    private List<CalicoNode> evaluated(String text) {
        List<CalicoNode> nodes = new ArrayList<>();
        for (CalicoNode node : state.nodes()) {
            if (matches(text, node)) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    private Parsed parsed(String text) {
        return parsed.computeIfAbsent(text, t -> {
            try {
                return new Parsed(Selector.parse(t), null);
            } catch (SelectorSyntaxException e) {
                return new Parsed(null, e);
            }
        });
    }

    /** Two nodes with one address can have one session only. */
    void findDoubles(Iterable<DesiredPeer> peers, Findings findings) {
        if (doubles.isEmpty()) {
            return;
        }
        for (DesiredPeer peer : peers) {
            CalicoNode first = byAddress.get(peer.address());
            CalicoNode second = doubles.get(peer.address());
            if (first != null && second != null) {
                findings.add("the Nodes \"" + first.name() + "\" and \"" + second.name() + "\" both have the address "
                        + AddressText.of(peer.address()) + ", so only one of them has a session");
            }
        }
    }
}
