package io.tapetum.server.calico.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.config.OwnAddresses;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerOrigin;

class LegacyPeeringTest {

    private static final int CLUSTER = 1 << 24 | 1;

    private final Map<String, String> keys = new HashMap<>();

    @Test
    void noKeysAreNoPeers() {
        assertThat(peers()).isEqualTo(new DesiredPeers(List.of(), List.of()));
    }

    @Test
    void aGlobalPeerWithOurAddressMakesEveryNodeAClient() {
        key("global/as_num", "64600");
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64600"));
        node("a", "10.0.0.1");
        node("b", "10.0.0.2");

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
    void aPeerWithAnotherAddressIsForSomebodyElse() {
        key("global/peer_v4/10.0.0.8", peer("10.0.0.8", "64512"));
        node("a", "10.0.0.1");
        assertThat(peers().peers()).isEmpty();
    }

    @Test
    void anEntryAmongTheReflectorsMakesAMeshOfPlainPeersAndGivesTheClusterId() {
        key("rr_v4/10.0.0.9", "{\"ip\": \"10.0.0.9\", \"cluster_id\": \"1.0.0.1\"}");
        key("rr_v4/10.0.0.8", "{\"ip\": \"10.0.0.8\", \"cluster_id\": \"1.0.0.2\"}");
        key("host/a/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        node("a", "10.0.0.1");

        assertThat(only("10.0.0.8").role()).isEqualTo(PeerRole.NON_CLIENT);
        assertThat(only("10.0.0.8").origin()).isEqualTo(PeerOrigin.MESH);
        assertThat(only("10.0.0.8").localAs()).isEqualTo(64512);
        assertThat(only("10.0.0.1").origin()).isEqualTo(PeerOrigin.NODE_SPECIFIC);
        assertThat(only("10.0.0.1").clusterId()).isEqualTo(CLUSTER);
    }

    @Test
    void withoutAnEntryForUsThereIsNoMesh() {
        key("rr_v4/10.0.0.8", "{\"ip\": \"10.0.0.8\"}");
        assertThat(peers().peers()).isEmpty();
    }

    @Test
    void aNodeThatIsWantedTwiceIsOnePeerAndGlobal() {
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        key("host/a/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        node("a", "10.0.0.1");
        assertThat(peers().peers()).singleElement().extracting(DesiredPeer::origin).isEqualTo(PeerOrigin.GLOBAL);
        assertThat(peers().problems()).isEmpty();
    }

    @Test
    void aNodeWithoutAnAddressCostsNobodyElse() {
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        node("a", "");
        node("b", "10.0.0.2");
        key("host/half-deleted/network_v4", "10.0.0.0/24");

        assertThat(peers().peers()).extracting(DesiredPeer::name).containsExactly("b");
        assertThat(peers().problems()).satisfiesExactly(
                problem -> assertThat(problem).contains("node a", "empty"),
                problem -> assertThat(problem).contains("half-deleted", "missing"));
    }

    @Test
    void aValueThatIsNoJsonCostsItsKeyOnly() {
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        key("global/peer_v4/10.0.0.7", "{oops");
        node("a", "10.0.0.1");
        assertThat(peers().peers()).hasSize(1);
        assertThat(peers().problems()).singleElement().asString().contains("/global/peer_v4/10.0.0.7", "JSON");
    }

    @Test
    void aNodeOfAnotherAsIsExternal() {
        key("global/peer_v4/10.0.0.9", "{\"ip\": \"10.0.0.9\", \"as_num\": 64512}");
        node("a", "10.0.0.1");
        key("host/a/as_num", "1.10");
        assertThat(only("10.0.0.1").role()).isEqualTo(PeerRole.EXTERNAL);
        assertThat(only("10.0.0.1").remoteAs()).isEqualTo(65546);
    }

    @Test
    void onlyPortsWeListenOnAreOurs() {
        key("global/peer_v4/10.0.0.9-1179", peer("10.0.0.9", "64512"));
        node("a", "10.0.0.1");
        assertThat(peers().peers()).isEmpty();
        key("global/peer_v4/10.0.0.9-179", peer("10.0.0.9", "64512"));
        assertThat(peers().peers()).hasSize(1);
    }

    @Test
    void nodesAreConnectedWhereTheyListen() {
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        key("global/listen_port", "1790");
        key("host/b/listen_port", "1791");
        node("a", "10.0.0.1");
        node("b", "10.0.0.2");
        assertThat(only("10.0.0.1").port()).isEqualTo(1790);
        assertThat(only("10.0.0.2").port()).isEqualTo(1791);
    }

    @Test
    void ipv6IsLikeIpv4() {
        key("rr_v6/fd00::9", "{\"ip\": \"fd00::9\", \"cluster_id\": \"1.0.0.1\"}");
        key("rr_v6/fd00::8", "{\"ip\": \"fd00::8\"}");
        key("global/peer_v6/fd00::9", peer("fd00::9", "64512"));
        node("a", "10.0.0.1");
        key("host/a/ip_addr_v6", "fd00::1");
        node("only-v4", "10.0.0.2");
        key("host/only-v4/ip_addr_v6", "");

        assertThat(peers().peers()).extracting(peer -> peer.address().getHostAddress(), DesiredPeer::role)
                .containsExactly(tuple("fd00:0:0:0:0:0:0:8", PeerRole.NON_CLIENT),
                        tuple("fd00:0:0:0:0:0:0:1", PeerRole.CLIENT));
        assertThat(peers().problems()).isEmpty();
    }

    @Test
    void whatTheConfigurationNamesWins() {
        key("rr_v4/10.0.0.9", "{\"ip\": \"10.0.0.9\", \"cluster_id\": \"1.0.0.1\"}");
        key("global/peer_v4/10.0.0.9", peer("10.0.0.9", "64512"));
        node("a", "10.0.0.1");
        DesiredPeer peer = peering(7, 65000L).peers(keys).peers().getFirst();
        assertThat(peer.clusterId()).isEqualTo(7);
        assertThat(peer.localAs()).isEqualTo(65000);
        assertThat(peer.role()).isEqualTo(PeerRole.EXTERNAL);
    }

    private void key(String key, String value) {
        keys.put("/calico/bgp/v1/" + key, value);
    }

    private void node(String name, String address) {
        key("host/" + name + "/ip_addr_v4", address);
    }

    private static String peer(String ip, String as) {
        return "{\"ip\": \"" + ip + "\", \"as_num\": \"" + as + "\"}";
    }

    private DesiredPeers peers() {
        return peering(null, null).peers(keys);
    }

    private DesiredPeer only(String address) {
        return peers().peers().stream().filter(peer -> peer.address().getHostAddress().equals(address)).findFirst()
                .orElseThrow();
    }

    private static LegacyPeering peering(@Nullable Integer clusterId, @Nullable Long as) {
        return new LegacyPeering(new OwnAddresses(Inet4Address.ofLiteral("10.0.0.9"),
                (Inet6Address) Inet6Address.ofLiteral("fd00::9")), Set.of(179), clusterId, as);
    }
}
