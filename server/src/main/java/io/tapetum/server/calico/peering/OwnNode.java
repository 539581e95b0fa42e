package io.tapetum.server.calico.peering;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.calico.resource.BgpPeer;
import io.tapetum.server.calico.resource.CalicoNode;

/** The Node that this reflector is, as far as the configuration does not overrule it. */
final class OwnNode {

    private final Identity identity;
    private final CalicoNode node;
    private final @Nullable InetAddress ipv4;
    private final @Nullable InetAddress ipv6;
    private final @Nullable Integer clusterId;
    private final long as;
    private final int port;

    OwnNode(Identity identity, CalicoNode node, Nodes nodes, Findings findings) {
        this.identity = identity;
        this.node = node;
        this.ipv4 = used(identity.addresses().ipv4(), node.ipv4(), "IPv4", findings);
        this.ipv6 = used(identity.addresses().ipv6(), node.ipv6(), "IPv6", findings);
        this.clusterId = identity.clusterId() == null ? node.clusterId() : identity.clusterId();
        Long configured = identity.as();
        this.as = configured == null ? nodes.as(node) : configured;
        this.port = nodes.port(node);
        if (as != nodes.as(node)) {
            findings.add(named() + " has AS " + nodes.as(node) + " in the datastore, but AS " + as
                    + " is configured: other nodes expect the former");
        }
    }

    /** Other nodes know this one by the address in the datastore; without it they have no session with us. */
    private @Nullable InetAddress used(@Nullable InetAddress configured, @Nullable InetAddress inDatastore,
            String family, Findings findings) {
        if (configured == null) {
            return null;
        }
        if (inDatastore == null) {
            findings.add(named() + " has no " + family + " address in the datastore, so there are no " + family
                    + " sessions");
        } else if (!inDatastore.equals(configured)) {
            findings.add(named() + " has the address " + AddressText.of(inDatastore)
                    + " in the datastore, but this reflector connects from " + AddressText.of(configured));
        }
        return inDatastore;
    }

    private String named() {
        return "Node \"" + node.name() + "\"";
    }

    Identity identity() {
        return identity;
    }

    boolean is(CalicoNode other) {
        return other.name().equals(node.name());
    }

    CalicoNode node() {
        return node;
    }

    long as() {
        return as;
    }

    @Nullable
    Integer clusterId() {
        return clusterId;
    }

    /** The address that it has in sessions with another, or {@code null} if it takes no part in that family. */
    @Nullable
    InetAddress towards(InetAddress other) {
        return other instanceof Inet4Address ? ipv4 : ipv6;
    }

    boolean owns(InetAddress address) {
        return address.equals(node.ipv4()) || address.equals(node.ipv6()) || identity.addresses().contains(address);
    }

    /** Whether a BGPPeer names it by its address. */
    boolean isNamedBy(BgpPeer peer) {
        InetAddress address = peer.peerIp();
        Integer there = peer.peerPort();
        return address != null && address.equals(towards(address))
                && (identity.listensOn(there) || there != null && there == port);
    }

    /** Nodes that find this one by its Node connect to the port that the datastore says. */
    void findWrongPort(Findings findings) {
        if (!identity.listenPorts().contains(port)) {
            findings.add("nodes connect to port " + port + " of " + named() + ", as BGPConfiguration says,"
                    + " but this reflector listens on " + new TreeSet<>(identity.listenPorts()));
        }
    }

    /** Calico's rule: another cluster id, or an unknown one, makes an internal peer a client. */
    PeerRole role(long localAs, long remoteAs, @Nullable Integer clusterIdOfPeer) {
        if (localAs != remoteAs) {
            return PeerRole.EXTERNAL;
        }
        return clusterId == null || clusterId.equals(clusterIdOfPeer) ? PeerRole.NON_CLIENT : PeerRole.CLIENT;
    }
}
