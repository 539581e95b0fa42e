package io.tapetum.server.calico.peering;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.calico.resource.BgpPeer;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.resource.RouteReflector;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerOrigin;

/**
 * The reflector is no Node: its peers are the nodes of all those BGPPeers whose {@code peerIP} is one of its addresses,
 * as it was with Calico's own image. Each BGPPeer is seen from the other side, so what it says about the node's part
 * (filters, next hop, source address) does not matter here, and neither does the node-to-node mesh. Immutable.
 */
public final class PeerIpMode implements Function<ClusterState, DesiredPeers> {

    private final Identity identity;

    public PeerIpMode(Identity identity) {
        this.identity = identity;
    }

    @Override
    public DesiredPeers apply(ClusterState state) {
        Nodes nodes = new Nodes(state);
        Findings findings = new Findings();
        findings.unusable(state);
        List<BgpPeer> naming = naming(state, findings);
        Map<InetAddress, DesiredPeer> peers = new LinkedHashMap<>();
        Integer clusterId = clusterId(state);
        addMesh(state, nodes, clusterId, peers);
        // A node that is meant twice has one session, as the BGPPeer for all nodes says, or else the first by name.
        naming.stream().filter(BgpPeer::isGlobal).forEach(peer -> add(peer, nodes, clusterId, peers, findings));
        naming.stream().filter(peer -> !peer.isGlobal())
                .forEach(peer -> add(peer, nodes, clusterId, peers, findings));
        nodes.findDoubles(peers.values(), findings);
        return new DesiredPeers(PeerOrder.sorted(peers.values()), findings.sentences());
    }

    /** The configured one, or else that of this reflector's own entry in the mesh of reflectors. */
    private @Nullable Integer clusterId(ClusterState state) {
        return identity.clusterId() != null
                ? identity.clusterId()
                : state.reflectors().stream().filter(this::isOurs).map(RouteReflector::clusterId)
                        .filter(Objects::nonNull).findFirst().orElse(null);
    }

    /**
     * All reflectors peer with all others, if this one is among them and for the families in which it is, as non-clients
     * whatever their cluster ids.
     */
    private void addMesh(ClusterState state, Nodes nodes, @Nullable Integer clusterId,
            Map<InetAddress, DesiredPeer> peers) {
        long as = identity.as() != null ? identity.as() : nodes.defaultAs();
        for (RouteReflector ours : state.reflectors().stream().filter(this::isOurs).toList()) {
            for (RouteReflector other : state.reflectors()) {
                InetAddress address = other.address();
                if (address != null && !isOurs(other) && sameFamily(address, ours.address())) {
                    peers.putIfAbsent(address, new DesiredPeer(PeerOrigin.MESH, AddressText.of(address), address,
                            Nodes.BGP_PORT, as, as, PeerRole.NON_CLIENT, clusterId, null, Protection.NONE, null));
                }
            }
        }
    }

    private boolean isOurs(RouteReflector reflector) {
        InetAddress address = reflector.address();
        return address != null && identity.addresses().contains(address);
    }

    private static boolean sameFamily(InetAddress one, @Nullable InetAddress other) {
        return other != null && one.getAddress().length == other.getAddress().length;
    }

    /** The BGPPeers that mean this reflector. */
    private List<BgpPeer> naming(ClusterState state, Findings findings) {
        List<BgpPeer> naming = new ArrayList<>();
        List<BgpPeer> otherPort = new ArrayList<>();
        for (BgpPeer peer : state.bgpPeers()) {
            InetAddress address = peer.peerIp();
            if (!peer.localWorkload() && address != null && identity.addresses().contains(address)) {
                (identity.listensOn(peer.peerPort()) ? naming : otherPort).add(peer);
            }
        }
        if (naming.isEmpty()) {
            findings.add("no BGPPeer has " + Stream.of(identity.addresses().ipv4(), identity.addresses().ipv6())
                    .filter(Objects::nonNull).map(AddressText::of).collect(Collectors.joining(" or "))
                    + " as peerIP, so there are no peers");
            for (BgpPeer peer : otherPort) {
                findings.add(Findings.name(peer) + " has the port " + peer.peerPort() + " in its peerIP, but this"
                        + " reflector listens on " + new TreeSet<>(identity.listenPorts()));
            }
        }
        return naming;
    }

    private void add(BgpPeer peer, Nodes nodes, @Nullable Integer clusterId, Map<InetAddress, DesiredPeer> peers,
            Findings findings) {
        InetAddress own = Objects.requireNonNull(peer.peerIp());
        for (CalicoNode node : nodes.local(peer, findings)) {
            InetAddress address = Nodes.address(node, own);
            if (address == null) {
                findings.withoutAddress(node, own);
            } else if (!identity.addresses().contains(address) && !peers.containsKey(address)) {
                findings.malformed(Findings.name(peer), peer.password());
                peers.put(address, desired(peer, node, address, nodes, clusterId));
            }
        }
    }

    private DesiredPeer desired(BgpPeer peer, CalicoNode node, InetAddress address, Nodes nodes,
            @Nullable Integer clusterId) {
        Long asOfPeer = peer.as() == null ? identity.as() : peer.as();
        long localAs = asOfPeer == null ? nodes.defaultAs() : asOfPeer;
        Long asOfNode = peer.localAs();
        long remoteAs = asOfNode == null ? nodes.as(node) : asOfNode;
        return new DesiredPeer(peer.isGlobal() ? PeerOrigin.GLOBAL : PeerOrigin.NODE_SPECIFIC, node.name(), address,
                nodes.port(node), localAs, remoteAs, localAs == remoteAs ? PeerRole.CLIENT : PeerRole.EXTERNAL,
                clusterId, null, identity.protection(peer), peer.maxRestartSeconds());
    }
}
