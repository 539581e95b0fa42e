package io.tapetum.server.calico.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.calico.etcd.KeySpace.ResourceName;
import io.tapetum.server.calico.peering.ClusterState;
import io.tapetum.server.calico.peering.Identity;
import io.tapetum.server.calico.peering.PeerIpMode;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.config.OwnAddresses;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerOrigin;

/** The peers that calico/routereflector had, without its defects. */
class LegacyKeysTest {

    private static final int CLUSTER = 0x01000001;

    private final Map<String, String> keys = new TreeMap<>();
    private LegacyKeys space = LegacyKeys.all();
    private @Nullable Integer configuredClusterId;
    private @Nullable Long configuredAs;

    @Test
    void no_keys_are_no_peers() {
        assertThat(peers().peers()).isEmpty();
    }

    @Test
    void a_global_peer_with_our_address_makes_every_host_a_client() {
        key("global/as_num", "64600");
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64600"));
        host("a", "10.0.0.1");
        host("b", "10.0.0.2");

        assertThat(peers().peers()).extracting(DesiredPeer::name).containsExactly("a", "b");
        assertThat(only("10.0.0.1")).satisfies(peer -> {
            assertThat(peer.origin()).isEqualTo(PeerOrigin.GLOBAL);
            assertThat(peer.role()).isEqualTo(PeerRole.CLIENT);
            assertThat(peer.localAs()).isEqualTo(64600);
            assertThat(peer.remoteAs()).isEqualTo(64600);
            assertThat(peer.port()).isEqualTo(179);
            assertThat(peer.clusterId()).isNull();
        });
    }

    @Test
    void a_peer_with_another_address_is_somebody_elses() {
        key("global/peer_v4/10.0.0.8", peer("10.0.0.8", "64512"));
        host("a", "10.0.0.1");

        assertThat(peers().peers()).isEmpty();
    }

    @Test
    void an_entry_of_ours_among_the_reflectors_meshes_us_with_the_others_and_gives_the_cluster_id() {
        key("rr_v4/10.0.0.9", "{\"ip\": \"10.0.0.9\", \"cluster_id\": \"1.0.0.1\"}");
        key("rr_v4/10.0.0.8", "{\"ip\": \"10.0.0.8\", \"cluster_id\": \"1.0.0.2\"}");
        key("rr_v4/10.0.0.7", "{\"cluster_id\": \"1.0.0.2\"}");
        key("host/a/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        host("a", "10.0.0.1");
        host("b", "10.0.0.2");

        assertThat(peers().peers()).extracting(peer -> peer.address().getHostAddress(), DesiredPeer::role,
                DesiredPeer::origin, DesiredPeer::clusterId).containsExactlyInAnyOrder(
                        tuple("10.0.0.8", PeerRole.NON_CLIENT, PeerOrigin.MESH, CLUSTER),
                        tuple("10.0.0.1", PeerRole.CLIENT, PeerOrigin.NODE_SPECIFIC, CLUSTER));
    }

    @Test
    void without_an_entry_of_ours_we_stand_alone() {
        key("rr_v4/10.0.0.8", "{\"ip\": \"10.0.0.8\", \"cluster_id\": \"1.0.0.2\"}");
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        host("a", "10.0.0.1");

        assertThat(peers().peers()).singleElement().satisfies(peer -> {
            assertThat(peer.name()).isEqualTo("a");
            assertThat(peer.clusterId()).isNull();
        });
    }

    @Test
    void a_host_that_is_named_twice_has_one_session() {
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        key("host/a/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        host("a", "10.0.0.1");

        assertThat(peers().peers()).singleElement().extracting(DesiredPeer::origin).isEqualTo(PeerOrigin.GLOBAL);
        assertThat(peers().problems()).isEmpty();
    }

    @Test
    void a_host_without_an_address_costs_nobody_else_a_session() {
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        host("a", "");
        host("b", "10.0.0.2");
        key("host/half-deleted/network_v4", "10.0.0.0/24");

        assertThat(peers().peers()).extracting(DesiredPeer::name).containsExactly("b");
        assertThat(peers().problems()).singleElement().asString().contains("no IPv4 address").endsWith(": a");
    }

    @Test
    void a_value_that_is_no_json_costs_its_key_only() {
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        key("global/peer_v4/10.0.0.7", "{oops");
        key("rr_v4/10.0.0.8", "10.0.0.8");
        host("a", "10.0.0.1");

        assertThat(peers().peers()).hasSize(1);
        assertThat(peers().problems()).satisfiesExactlyInAnyOrder(
                problem -> assertThat(problem).contains("global/peer_v4/10.0.0.7", "JSON"),
                problem -> assertThat(problem).contains("rr_v4/10.0.0.8", "JSON"));
    }

    @Test
    void a_host_of_another_as_is_external() {
        key("global/peer_v4/10.0.0.9", "{\"ip\": \"10.0.0.9\", \"as_num\": 64512}");
        host("a", "10.0.0.1");
        key("host/a/as_num", "1.10");

        assertThat(only("10.0.0.1").role()).isEqualTo(PeerRole.EXTERNAL);
        assertThat(only("10.0.0.1").remoteAs()).isEqualTo(65546);
    }

    @Test
    void a_peer_with_a_port_is_ours_if_we_listen_there() {
        key("global/peer_v4/10.0.0.9-1179", peer("10.0.0.9", "64512"));
        key("global/peer_v6/fd00::9-1179", peer("fd00::9", "64512"));
        host("a", "10.0.0.1");
        key("host/a/ip_addr_v6", "fd00::1");
        assertThat(peers().peers()).isEmpty();

        key("global/peer_v4/10.0.0.9-179", peer("10.0.0.9", "64512"));
        key("global/peer_v6/fd00::9-179", peer("fd00::9", "64512"));

        assertThat(peers().peers()).hasSize(2);
    }

    @Test
    void hosts_are_connected_to_where_they_listen() {
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        key("global/listen_port", "1790");
        key("host/b/listen_port", "1791");
        host("a", "10.0.0.1");
        host("b", "10.0.0.2");

        assertThat(only("10.0.0.1").port()).isEqualTo(1790);
        assertThat(only("10.0.0.2").port()).isEqualTo(1791);
    }

    @Test
    void ipv6_is_like_ipv4() {
        key("rr_v6/fd00::9", "{\"ip\": \"fd00::9\", \"cluster_id\": \"1.0.0.1\"}");
        key("rr_v6/fd00::8", "{\"ip\": \"fd00::8\"}");
        key("rr_v4/10.0.0.8", "{\"ip\": \"10.0.0.8\"}");
        key("global/peer_v6/fd00::9", peer("fd00::9", "64512"));
        host("a", "10.0.0.1");
        key("host/a/ip_addr_v6", "fd00::1");

        assertThat(peers().peers()).extracting(peer -> peer.address().getHostAddress(), DesiredPeer::role)
                .containsExactlyInAnyOrder(tuple("fd00:0:0:0:0:0:0:8", PeerRole.NON_CLIENT),
                        tuple("fd00:0:0:0:0:0:0:1", PeerRole.CLIENT));
    }

    @Test
    void what_is_configured_counts_before_the_keys() {
        key("rr_v4/10.0.0.9", "{\"ip\": \"10.0.0.9\", \"cluster_id\": \"1.0.0.1\"}");
        key("rr_v4/10.0.0.8", "{\"ip\": \"10.0.0.8\"}");
        configuredClusterId = 7;
        configuredAs = 65000L;

        assertThat(only("10.0.0.8")).satisfies(peer -> {
            assertThat(peer.clusterId()).isEqualTo(7);
            assertThat(peer.localAs()).isEqualTo(65000);
        });
    }

    @Test
    void only_the_mesh_of_reflectors_can_be_read_beside_resources() {
        key("rr_v4/10.0.0.9", "{\"ip\": \"10.0.0.9\"}");
        key("rr_v4/10.0.0.8", "{\"ip\": \"10.0.0.8\"}");
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        host("a", "10.0.0.1");
        space = LegacyKeys.ofReflectors();

        assertThat(peers().peers()).extracting(DesiredPeer::origin).containsExactly(PeerOrigin.MESH);
    }

    private void key(String key, String value) {
        keys.put(key, value);
    }

    private void host(String name, String address) {
        key("host/" + name + "/ip_addr_v4", address);
    }

    private static String peer(String ip, String as) {
        return "{\"ip\": \"" + ip + "\", \"as_num\": \"" + as + "\"}";
    }

    private DesiredPeers peers() {
        Map<ResourceName, Map<String, String>> byResource = new HashMap<>();
        keys.forEach((key, value) -> {
            ResourceName name = space.resourceOf(key);
            if (name != null) {
                byResource.computeIfAbsent(name, _ -> new TreeMap<>()).put(key, value);
            }
        });
        List<CalicoResource> resources = byResource.entrySet().stream()
                .map(entry -> space.read(entry.getKey(), entry.getValue())).toList();
        OwnAddresses own = new OwnAddresses(Inet4Address.ofLiteral("10.0.0.9"),
                (Inet6Address) Inet6Address.ofLiteral("fd00::9"));
        return new PeerIpMode(new Identity(own, Set.of(179), null, configuredClusterId, configuredAs, "ns"))
                .apply(ClusterState.of(resources));
    }

    private DesiredPeer only(String address) {
        return peers().peers().stream().filter(peer -> peer.address().getHostAddress().equals(address)).findFirst()
                .orElseThrow();
    }
}
