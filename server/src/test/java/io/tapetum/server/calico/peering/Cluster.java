package io.tapetum.server.calico.peering;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.resource.BgpConfiguration;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.resource.ResourceReader;
import io.tapetum.server.config.OwnAddresses;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.DesiredPeers;

/** A cluster that a test describes, resource by resource, and a short notation for the peers that come of it. */
public final class Cluster {

    static final String SECRETS_NAMESPACE = "calico-system";

    private final List<CalicoResource> resources = new ArrayList<>();

    public static Identity identity(@Nullable String ipv4, @Nullable String ipv6, @Nullable String nodeName) {
        return identity(ipv4, ipv6, nodeName, 179);
    }

    static Identity identity(@Nullable String ipv4, @Nullable String ipv6, @Nullable String nodeName, int port) {
        return new Identity(new OwnAddresses(ipv4(ipv4), ipv6(ipv6)), Set.of(port), nodeName, null, null,
                SECRETS_NAMESPACE);
    }

    static @Nullable Inet4Address ipv4(@Nullable String address) {
        return address == null ? null : Inet4Address.ofLiteral(address);
    }

    static @Nullable Inet6Address ipv6(@Nullable String address) {
        return address == null ? null : (Inet6Address) Inet6Address.ofLiteral(address);
    }

    static CalicoNode node(String name, @Nullable String ipv4, @Nullable String ipv6, String... labels) {
        return new CalicoNode(name, labels(labels), ipv4(ipv4), ipv6(ipv6), null, null);
    }

    private static Map<String, String> labels(String... labels) {
        Map<String, String> map = new HashMap<>();
        for (String label : labels) {
            map.put(label, "");
        }
        return map;
    }

    Cluster with(CalicoResource resource) {
        resources.add(resource);
        return this;
    }

    Cluster withNode(String name, @Nullable String ipv4, @Nullable String ipv6, String... labels) {
        return with(node(name, ipv4, ipv6, labels));
    }

    Cluster withNodeOf(long as, String name, @Nullable String ipv4, @Nullable String ipv6, String... labels) {
        return with(new CalicoNode(name, labels(labels), ipv4(ipv4), ipv6(ipv6), as, null));
    }

    Cluster withReflector(int clusterId, String name, @Nullable String ipv4, @Nullable String ipv6, String... labels) {
        return with(new CalicoNode(name, labels(labels), ipv4(ipv4), ipv6(ipv6), null, clusterId));
    }

    /** The specification of a BGPPeer in JSON, with single quotes. */
    Cluster withBgpPeer(String name, String spec) {
        return with(bgpPeer(name, spec));
    }

    public static CalicoResource bgpPeer(String name, String spec) {
        return read(ResourceKind.BGP_PEER, name, spec);
    }

    /** The specification of the BGPConfiguration for all nodes in JSON, with single quotes. */
    public static CalicoResource defaults(String spec) {
        return read(ResourceKind.BGP_CONFIGURATION, BgpConfiguration.DEFAULT, spec);
    }

    private static CalicoResource read(ResourceKind kind, String name, String spec) {
        try {
            return ResourceReader.read(kind, name,
                    new ObjectMapper().readTree("{\"spec\": " + spec.replace('\'', '"') + "}"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(spec, e);
        }
    }

    Cluster withDefaults(@Nullable Long as, boolean mesh, @Nullable Integer port) {
        return with(new BgpConfiguration("default", as, mesh, port, null));
    }

    Cluster withPortOf(String node, int port) {
        return with(new BgpConfiguration("node." + node, null, true, port, null));
    }

    ClusterState state() {
        return ClusterState.of(resources);
    }

    /** {@code name address:port origin role}, then the AS number if it is not ours, and who connects if it is said. */
    static List<String> text(DesiredPeers peers) {
        return peers.peers().stream().map(Cluster::text).toList();
    }

    private static String text(DesiredPeer peer) {
        return peer.name() + " " + AddressText.of(peer.address()) + ":" + peer.port() + " " + peer.origin() + " "
                + peer.role() + (peer.localAs() == peer.remoteAs() ? "" : " " + peer.localAs() + "/" + peer.remoteAs())
                + (peer.connect() == null ? "" : " " + peer.connect());
    }
}
