package io.tapetum.server.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.calico.peering.ClusterState;
import io.tapetum.server.calico.peering.Identity;
import io.tapetum.server.calico.peering.PeerIpMode;
import io.tapetum.server.calico.resource.BgpPeer;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.NodeReader;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.resource.ResourceReader;
import io.tapetum.server.config.OwnAddresses;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.DesiredPeers;

/** The shipped BGPPeers give each reflector the clients that their comments promise. */
class ShippedBgpPeersTest {

    /** A cluster in two racks, whose nodes have the addresses of the examples. */
    private static final List<CalicoResource> NODES = Stream.of("10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.7",
            "10.0.1.2", "10.0.1.3", "10.0.1.7").map(ShippedBgpPeersTest::node).toList();

    private static CalicoResource node(String address) {
        return NodeReader.kubernetesNode(address, Map.of("rack", address.startsWith("10.0.0.") ? "r1" : "r2"),
                Map.of("projectcalico.org/IPv4Address", address + "/16"));
    }

    private static List<CalicoResource> bgpPeers(String name) {
        return Shipped.file("bgppeers/" + name + ".yaml").stream()
                .map(peer -> ResourceReader.read(ResourceKind.BGP_PEER, peer.name(), peer.object())).toList();
    }

    private static DesiredPeers peersOf(String reflector, int port, String file) {
        List<CalicoResource> resources = new ArrayList<>(NODES);
        resources.addAll(bgpPeers(file));
        return new PeerIpMode(new Identity(new OwnAddresses(Inet4Address.ofLiteral(reflector), null), Set.of(port),
                null, null, null, "kube-system")).apply(ClusterState.of(resources));
    }

    @ParameterizedTest
    @CsvSource({"two-reflectors, 10.0.0.2, 1790", "two-reflectors, 10.0.0.3, 1790", "three-reflectors, 10.0.0.2, 1790",
            "three-reflectors, 10.0.0.3, 1790", "three-reflectors, 10.0.0.4, 1790", "with-passwords, 10.0.0.2, 1790",
            "with-passwords, 10.0.0.3, 1790", "port-179, 10.0.0.2, 179", "port-179, 10.0.0.3, 179"})
    void each_reflector_has_all_nodes_but_its_own(String file, String reflector, int port) {
        DesiredPeers peers = peersOf(reflector, port, file);

        assertThat(peers.problems()).isEmpty();
        assertThat(peers.peers()).extracting(DesiredPeer::name).doesNotContain(reflector).hasSize(NODES.size() - 1);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2, 10.0.0.3 10.0.0.4 10.0.0.7", "10.0.0.3, 10.0.0.2 10.0.0.4 10.0.0.7",
            "10.0.1.2, 10.0.1.3 10.0.1.7", "10.0.1.3, 10.0.1.2 10.0.1.7"})
    void each_reflector_of_a_rack_has_the_nodes_of_its_rack(String reflector, String nodes) {
        DesiredPeers peers = peersOf(reflector, 1790, "racks");

        assertThat(peers.problems()).isEmpty();
        assertThat(peers.peers()).extracting(DesiredPeer::name).containsExactlyInAnyOrder(nodes.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-reflectors", "three-reflectors", "racks", "with-passwords"})
    void nodes_connect_by_themselves_to_a_reflector_on_a_node(String file) {
        assertThat(bgpPeers(file)).allSatisfy(resource -> assertThat(resource).isInstanceOfSatisfying(BgpPeer.class,
                peer -> assertThat(peer.isGlobal()).isFalse()));
    }

    @Test
    void each_reflector_has_a_password_of_its_own() {
        List<String> keys = Stream.of("10.0.0.2", "10.0.0.3").map(reflector -> peersOf(reflector, 1790,
                "with-passwords").peers().getFirst().protection().key()).toList();

        assertThat(keys).doesNotHaveDuplicates().allSatisfy(key -> assertThat(key).contains("bgp-secrets"));
    }
}
