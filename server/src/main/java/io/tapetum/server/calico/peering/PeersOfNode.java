package io.tapetum.server.calico.peering;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.calico.resource.BgpConfiguration;
import io.tapetum.server.calico.resource.BgpPeer;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.selector.SelectorSyntaxException;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.PeerOrigin;

/**
 * Collects the peers of one Node as Calico does it. Every BGPPeer is looked at twice: <em>forward</em>, for the peers of
 * the nodes it is for, and <em>in reverse</em>, for its remote side has to be configured too if that is made of nodes.
 * Forward goes before reverse, a BGPPeer for all nodes before one for certain nodes, and then the first by name: what is
 * known of an address and port stays. Confined to one computation.
 */
final class PeersOfNode {

    private final OwnNode own;
    private final Nodes nodes;
    private final Findings findings;
    private final Passivity passivity;
    private final SequencedMap<Endpoint, DesiredPeer> peers = new LinkedHashMap<>();
    private boolean reachedThroughNode;

    private record Endpoint(InetAddress address, int port) {}

    PeersOfNode(OwnNode own, Passivity passivity, Nodes nodes, Findings findings) {
        this.own = own;
        this.passivity = passivity;
        this.nodes = nodes;
        this.findings = findings;
    }

    void configured(List<BgpPeer> all) {
        List<BgpPeer> relevant = all.stream().filter(peer -> !peer.localWorkload()).toList();
        relevant.forEach(this::findUnreadable);
        List<BgpPeer> forward = relevant.stream().filter(peer -> nodes.isLocal(peer, own.node())).toList();
        forward.stream().filter(BgpPeer::isGlobal).forEach(this::forward);
        forward.stream().filter(peer -> !peer.isGlobal()).forEach(this::forward);
        relevant.stream().filter(BgpPeer::reversePeering).forEach(this::reverse);
    }

    /** It could have been about this Node. */
    private void findUnreadable(BgpPeer peer) {
        SelectorSyntaxException local = nodes.failure(peer.nodeSelector());
        if (local != null) {
            findings.notParsed(peer, "nodeSelector", peer.nodeSelector(), local);
        }
        SelectorSyntaxException remote = nodes.failure(peer.peerSelector());
        if (remote != null) {
            findings.notParsed(peer, "peerSelector", peer.peerSelector(), remote);
        }
    }

    private void forward(BgpPeer peer) {
        PeerOrigin origin = peer.isGlobal() ? PeerOrigin.GLOBAL : PeerOrigin.NODE_SPECIFIC;
        InetAddress remote = peer.peerIp();
        if (remote == null) {
            nodes.remote(peer, findings).forEach(node -> addNode(peer, origin, node, null, nodes.as(node)));
        } else if (!own.owns(remote) && own.towards(remote) != null) {
            addAddress(peer, origin, remote);
        }
    }

    private void addAddress(BgpPeer peer, PeerOrigin origin, InetAddress remote) {
        CalicoNode node = nodes.at(remote);
        long remoteAs = orElse(peer.as(), nodes.defaultAs());
        Integer port = peer.peerPort();
        if (port == null) {
            port = node != null && nodes.as(node) == remoteAs ? nodes.port(node) : Nodes.BGP_PORT;
        }
        ConnectMode connect = node == null ? null : passivity.betweenNodes(remote, peer.isGlobal());
        // Its cluster id is not known here, even if it is a Node's: to Calico such a peer is always a client.
        add(peer, origin, node == null ? peer.name() : node.name(), new Endpoint(remote, port),
                orElse(peer.localAs(), own.as()), remoteAs, null, connect);
    }

    private void reverse(BgpPeer peer) {
        InetAddress named = peer.peerIp();
        if (named == null ? !nodes.matches(peer.peerSelector(), own.node()) : !own.isNamedBy(peer)) {
            return;
        }
        if (named != null && orElse(peer.as(), nodes.defaultAs()) != own.as()) {
            findings.add(Findings.name(peer) + " has AS " + orElse(peer.as(), nodes.defaultAs()) + " for "
                    + AddressText.of(named) + ", but this reflector has AS " + own.as());
            return;
        }
        reachedThroughNode |= peer.peerPort() == null;
        for (CalicoNode node : nodes.local(peer, findings)) {
            // localASNumber is how the node calls itself in this session, and goes with peerIP only.
            addNode(peer, PeerOrigin.NODE_SPECIFIC, node, named,
                    named == null ? nodes.as(node) : orElse(peer.localAs(), nodes.as(node)));
        }
    }

    /** Adds a node with its addresses of both families, or of that of {@code named} alone. */
    private void addNode(BgpPeer peer, PeerOrigin origin, CalicoNode node, @Nullable InetAddress named, long remoteAs) {
        if (own.is(node)) {
            return;
        }
        if (named == null ? node.ipv4() == null && node.ipv6() == null : Nodes.address(node, named) == null) {
            findings.withoutAddress(node, named);
        }
        Stream<InetAddress> addresses = named == null ? addresses(node) : Stream.ofNullable(Nodes.address(node, named));
        addresses.filter(address -> own.towards(address) != null && !own.owns(address))
                .forEach(address -> add(peer, origin, node.name(), new Endpoint(address, nodes.port(node)), own.as(),
                        remoteAs, node.clusterId(), passivity.betweenNodes(address, false)));
    }

    private void add(BgpPeer peer, PeerOrigin origin, String name, Endpoint endpoint, long localAs, long remoteAs,
            @Nullable Integer clusterIdOfPeer, @Nullable ConnectMode connect) {
        if (!peers.containsKey(endpoint)) {
            findings.malformed(Findings.name(peer), peer.password());
            peers.put(endpoint, new DesiredPeer(origin, name, endpoint.address, endpoint.port, localAs, remoteAs,
                    own.role(localAs, remoteAs, clusterIdOfPeer), own.clusterId(), connect,
                    own.identity().protection(peer), peer.maxRestartSeconds()));
        }
    }

    /**
     * Adds the node-to-node mesh, of which those who have a cluster id in the datastore are no part. Nobody is added while it
     * is not known whether there is a mesh, and with which password.
     */
    void meshed(ClusterState state) {
        BgpConfiguration defaults = state.defaults();
        if (!defaults.nodeToNodeMesh() || own.node().clusterId() != null) {
            return;
        }
        if (state.lacksDefaults()) {
            findings.add("nobody is a peer by the node-to-node mesh until BGPConfiguration \"" + defaults.name()
                    + "\" can be read: it may have a password for it, or turn it off");
            return;
        }
        findings.malformed("BGPConfiguration \"" + defaults.name() + "\"", defaults.meshPassword());
        Protection protection = own.identity().protectionInMesh(defaults.meshPassword());
        Map<InetAddress, DesiredPeer> mesh = new LinkedHashMap<>();
        for (CalicoNode node : state.nodes()) {
            if (!own.is(node) && node.clusterId() == null) {
                addresses(node).filter(address -> own.towards(address) != null && !own.owns(address))
                        .forEach(address -> mesh.putIfAbsent(address, meshed(node, address, protection)));
            }
        }
        reachedThroughNode |= !mesh.isEmpty();
        peers.values().forEach(peer -> mesh.remove(peer.address()));
        mesh.forEach((address, peer) -> peers.put(new Endpoint(address, peer.port()), peer));
    }

    private DesiredPeer meshed(CalicoNode node, InetAddress address, Protection protection) {
        long remoteAs = orElse(node.as(), own.as());
        return new DesiredPeer(PeerOrigin.MESH, node.name(), address, nodes.port(node), own.as(), remoteAs,
                own.as() == remoteAs ? PeerRole.NON_CLIENT : PeerRole.EXTERNAL, own.clusterId(),
                passivity.inMesh(address), protection, null);
    }

    /** What was collected. Of an address that is wanted with several ports, the first is taken. */
    List<DesiredPeer> onePerAddress() {
        Map<InetAddress, DesiredPeer> first = new HashMap<>();
        for (DesiredPeer peer : peers.values()) {
            DesiredPeer before = first.putIfAbsent(peer.address(), peer);
            if (before != null) {
                findings.add(AddressText.of(peer.address()) + " is wanted with the ports " + before.port() + " and "
                        + peer.port() + ", but has one session only: with port " + before.port());
            }
        }
        nodes.findDoubles(first.values(), findings);
        if (reachedThroughNode) {
            own.findWrongPort(findings);
        }
        return PeerOrder.sorted(first.values());
    }

    private static Stream<InetAddress> addresses(CalicoNode node) {
        return Stream.<@Nullable InetAddress>of(node.ipv4(), node.ipv6()).flatMap(Stream::ofNullable);
    }

    private static long orElse(@Nullable Long value, long otherwise) {
        return Objects.requireNonNullElse(value, otherwise);
    }
}
