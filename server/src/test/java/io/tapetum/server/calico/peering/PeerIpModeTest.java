package io.tapetum.server.calico.peering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.core.settings.Protection;
import io.tapetum.server.config.OwnAddresses;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.DesiredPeers;

class PeerIpModeTest {

    private static final Identity IDENTITY = Cluster.identity("10.0.0.100", "fd00::100", null);

    private static DesiredPeers peers(Cluster cluster) {
        return new PeerIpMode(IDENTITY).apply(cluster.state());
    }

    private static Cluster twoNodes() {
        return new Cluster().withNode("b", "10.0.0.2", "fd00::2", "blue").withNode("a", "10.0.0.1", "fd00::1", "red");
    }

    @Test
    void a_global_bgp_peer_makes_every_node_a_client_in_the_family_of_its_address() {
        Cluster cluster = twoNodes().withBgpPeer("rr", "{'peerIP': '10.0.0.100', 'asNumber': 64512}");

        assertThat(Cluster.text(peers(cluster)))
                .containsExactly("a 10.0.0.1:179 GLOBAL CLIENT", "b 10.0.0.2:179 GLOBAL CLIENT");
        assertThat(Cluster.text(peers(cluster.withBgpPeer("rr6", "{'peerIP': 'fd00::100', 'asNumber': 64512}"))))
                .containsExactly("a 10.0.0.1:179 GLOBAL CLIENT", "a fd00::1:179 GLOBAL CLIENT",
                        "b 10.0.0.2:179 GLOBAL CLIENT", "b fd00::2:179 GLOBAL CLIENT");
        assertThat(peers(cluster).problems()).isEmpty();
    }

    @Test
    void node_and_node_selector_limit_it() {
        assertThat(Cluster.text(peers(twoNodes().withBgpPeer("rr", "{'peerIP': '10.0.0.100', 'node': 'a'}"))))
                .containsExactly("a 10.0.0.1:179 NODE_SPECIFIC CLIENT");
        assertThat(Cluster.text(
                peers(twoNodes().withBgpPeer("rr", "{'peerIP': '10.0.0.100', 'nodeSelector': 'has(blue)'}"))))
                .containsExactly("b 10.0.0.2:179 NODE_SPECIFIC CLIENT");
    }

    @Test
    void a_port_behind_the_address_has_to_be_ours() {
        Cluster cluster = twoNodes().withBgpPeer("rr", "{'peerIP': '10.0.0.100:1179', 'node': 'a'}");

        assertThat(new PeerIpMode(Cluster.identity("10.0.0.100", null, null, 1179)).apply(cluster.state()).peers())
                .hasSize(1);
        assertThat(peers(cluster).peers()).isEmpty();
        assertThat(peers(cluster).problems()).containsExactly(
                "no BGPPeer has 10.0.0.100 or fd00::100 as peerIP, so there are no peers",
                "BGPPeer \"rr\" has the port 1179 in its peerIP, but this reflector listens on [179]");
    }

    @Test
    void a_node_that_is_meant_several_times_has_one_session_and_the_global_bgp_peer_wins() {
        Cluster cluster = twoNodes().withBgpPeer("a-specific", "{'peerIP': '10.0.0.100', 'node': 'a', 'asNumber': 1}")
                .withBgpPeer("b-specific", "{'peerIP': '10.0.0.100', 'node': 'a', 'asNumber': 2}");

        assertThat(Cluster.text(peers(cluster))).containsExactly("a 10.0.0.1:179 NODE_SPECIFIC EXTERNAL 1/64512");
        cluster.withBgpPeer("y", "{'peerIP': '10.0.0.100'}").withBgpPeer("z",
                "{'peerIP': '10.0.0.100', 'asNumber': 3}");
        assertThat(Cluster.text(peers(cluster)))
                .containsExactly("a 10.0.0.1:179 GLOBAL CLIENT", "b 10.0.0.2:179 GLOBAL CLIENT");
        assertThat(peers(cluster).problems()).isEmpty();
    }

    @Test
    void nodes_without_an_address_of_the_family_are_left_out_and_counted() {
        Cluster cluster = twoNodes().withNode("none", null, null).withBgpPeer("rr", "{'peerIP': '10.0.0.100'}");

        assertThat(peers(cluster).peers()).hasSize(2);
        assertThat(peers(cluster).problems()).containsExactly(
                "1 Node has no IPv4 address and so no session that a BGPPeer wants: none");
        for (int i = 0; i < 3000; i++) {
            cluster.withNode("more-" + i, null, "fd00:1::" + Integer.toHexString(i + 1));
        }
        assertThat(peers(cluster).peers()).hasSize(2);
        assertThat(peers(cluster).problems()).containsExactly("3001 Nodes have no IPv4 address and so no session that a"
                + " BGPPeer wants: more-0, more-1, more-10, more-100, more-1000 and 2996 more");
    }

    @Test
    void as_numbers_come_from_the_bgp_peer_the_node_the_configuration_and_calico_in_this_order() {
        Cluster cluster = new Cluster().withNodeOf(64999, "own-as", "10.0.0.1", null)
                .withNode("plain", "10.0.0.2", null)
                .withBgpPeer("rr", "{'peerIP': '10.0.0.100'}");
        assertThat(Cluster.text(peers(cluster))).containsExactly("own-as 10.0.0.1:179 GLOBAL EXTERNAL 64512/64999",
                "plain 10.0.0.2:179 GLOBAL CLIENT");

        cluster.withDefaults(65000L, true, null);
        assertThat(Cluster.text(peers(cluster))).containsExactly("own-as 10.0.0.1:179 GLOBAL EXTERNAL 65000/64999",
                "plain 10.0.0.2:179 GLOBAL CLIENT");

        Identity configured = new Identity(IDENTITY.addresses(), Set.of(179), null, 7, 64999L, "ns");
        DesiredPeers peers = new PeerIpMode(configured).apply(cluster.state());
        assertThat(Cluster.text(peers)).containsExactly("own-as 10.0.0.1:179 GLOBAL CLIENT",
                "plain 10.0.0.2:179 GLOBAL EXTERNAL 64999/65000");
        assertThat(peers.peers()).extracting(DesiredPeer::clusterId).containsOnly(7);

        cluster.withBgpPeer("a", "{'peerIP': '10.0.0.100', 'asNumber': '1.1', 'localASNumber': 65001}");
        assertThat(Cluster.text(new PeerIpMode(configured).apply(cluster.state()))).containsExactly(
                "own-as 10.0.0.1:179 GLOBAL EXTERNAL 65537/65001", "plain 10.0.0.2:179 GLOBAL EXTERNAL 65537/65001");
    }

    @Test
    void we_connect_to_the_port_of_the_node_or_of_all_nodes() {
        assertThat(Cluster.text(peers(twoNodes().withDefaults(null, true, 1790).withPortOf("b", 1791)
                .withBgpPeer("rr", "{'peerIP': '10.0.0.100'}"))))
                .containsExactly("a 10.0.0.1:1790 GLOBAL CLIENT", "b 10.0.0.2:1791 GLOBAL CLIENT");
    }

    @Test
    void the_mesh_does_not_matter() {
        Cluster on = twoNodes().withBgpPeer("rr", "{'peerIP': '10.0.0.100'}").withDefaults(null, true, null);
        Cluster off = twoNodes().withBgpPeer("rr", "{'peerIP': '10.0.0.100'}").withDefaults(null, false, null);

        assertThat(peers(on)).isEqualTo(peers(off));
    }

    @Test
    void ttl_security_and_the_restart_time_are_as_the_node_has_them_and_all_else_is_left_open() {
        Cluster cluster = twoNodes().withBgpPeer("rr",
                "{'peerIP': '10.0.0.100', 'node': 'a', 'ttlSecurity': 2, 'maxRestartTime': '3m'}")
                .withBgpPeer("rs", "{'peerIP': '10.0.0.100', 'node': 'b'}");

        assertThat(peers(cluster).peers()).extracting(DesiredPeer::protection)
                .containsExactly(new Protection("", 2), Protection.NONE);
        assertThat(peers(cluster).peers()).extracting(DesiredPeer::gracefulRestartSeconds).containsExactly(180, null);
        assertThat(peers(cluster).peers()).extracting(DesiredPeer::clusterId).containsOnlyNulls();
        assertThat(peers(cluster).peers()).extracting(DesiredPeer::connect).containsOnlyNulls();
    }

    @Test
    void neither_we_nor_others_nor_pods_are_peers() {
        Cluster cluster = new Cluster().withNode("us", "10.0.0.100", "fd00::7")
                .withBgpPeer("rr", "{'peerIP': '10.0.0.100'}").withBgpPeer("other", "{'peerIP': '10.0.0.200'}")
                .withBgpPeer("pods", "{'localWorkloadSelector': 'all()', 'peerIP': 'fd00::100'}")
                .withBgpPeer("nodes", "{'peerSelector': 'all()', 'nodeSelector': 'no selector'}");

        assertThat(peers(cluster)).isEqualTo(new DesiredPeers(List.of(), List.of()));
    }

    @Test
    void the_password_and_ttl_security_of_nodes_are_ours_too() {
        Cluster cluster = twoNodes().withBgpPeer("rr",
                "{'peerIP': '10.0.0.100', 'ttlSecurity': 3, 'password': {'secretKeyRef': {'name': 'n', 'key': 'k'}}}");

        assertThat(peers(cluster).peers()).hasSize(2)
                .allMatch(peer -> peer.protection().equals(new Protection("secret:calico-system/n/k", 3)));
        assertThat(peers(cluster).problems()).isEmpty();
    }

    @Test
    void what_cannot_be_used_is_left_out_by_name_and_all_else_goes_on() {
        Cluster cluster = twoNodes().withBgpPeer("rr", "{'peerIP': '10.0.0.100', 'node': 'a'}")
                .withBgpPeer("bad", "{'peerIP': 'x'}").withBgpPeer("equals",
                        "{'peerIP': '10.0.0.100', 'nodeSelector': 'blue = true'}")
                .withBgpPeer("nobody", "{'peerIP': '10.0.0.100', 'nodeSelector': 'has(green)'}")
                .withBgpPeer("stranger", "{'peerIP': '10.0.0.100', 'node': 'c'}");

        assertThat(Cluster.text(peers(cluster))).containsExactly("a 10.0.0.1:179 NODE_SPECIFIC CLIENT");
        assertThat(peers(cluster).problems()).containsExactly(
                "BGPPeer \"bad\" is left out: spec.peerIP is \"x\", expected the address of a host, such as 10.0.0.2,"
                        + " 10.0.0.2:1790, fd00::2 or [fd00::2]:1790, without a zone",
                "BGPPeer \"equals\": nodeSelector \"blue = true\" is no selector and matches nothing: expected ==, !=,"
                        + " in, not in, contains, starts with or ends with at character 6",
                "BGPPeer \"nobody\": nodeSelector \"has(green)\" matches no Node",
                "BGPPeer \"stranger\" is for the Node \"c\", which does not exist");
    }

    @Test
    void two_nodes_with_one_address_are_one_peer_and_a_problem() {
        assertThat(peers(new Cluster().withNode("b", "10.0.0.1", null).withNode("a", "10.0.0.1", null)
                .withBgpPeer("rr", "{'peerIP': '10.0.0.100'}"))).satisfies(peers -> {
                    assertThat(Cluster.text(peers)).containsExactly("a 10.0.0.1:179 GLOBAL CLIENT");
                    assertThat(peers.problems()).containsExactly("the Nodes \"a\" and \"b\" both have the address"
                            + " 10.0.0.1, so only one of them has a session");
                });
    }

    @Test
    void a_password_that_names_no_secret_keeps_the_sessions_down_and_is_told() {
        DesiredPeers peers = peers(twoNodes()
                .withBgpPeer("rr", "{'peerIP': '10.0.0.100', 'password': {'secretKeyRef': {'key': 'k'}}}")
                .withBgpPeer("zz", "{'peerIP': '10.0.0.100'}")
                .withBgpPeer("not-ours", "{'peerIP': '10.0.0.9', 'password': 'geheim'}"));

        assertThat(peers.problems()).singleElement().asString()
                .startsWith("BGPPeer \"rr\": spec.password does not say where the password is, expected");
        assertThat(peers.peers()).hasSize(2)
                .allMatch(peer -> peer.protection().key().equals(KeyReference.InSecret.NOWHERE));
    }

    @Test
    void there_are_never_thousands_of_problems() {
        Cluster cluster = twoNodes().withBgpPeer("rr", "{'peerIP': '10.0.0.100'}");
        for (int i = 0; i < 5000; i++) {
            cluster.withBgpPeer("bad-" + i, "{'peerIP': 'x'}");
        }

        assertThat(peers(cluster).peers()).hasSize(2);
        assertThat(peers(cluster).problems()).hasSize(101).endsWith("and 4900 more problems of this kind");
    }

    @Test
    void without_ipv6_only_the_address_of_ipv4_counts() {
        Cluster cluster = twoNodes().withBgpPeer("rr", "{'peerIP': 'fd00::100'}");
        Identity ipv4Only = new Identity(new OwnAddresses(Cluster.ipv4("10.0.0.100"), null), Set.of(179), null, null,
                null, "ns");

        assertThat(new PeerIpMode(ipv4Only).apply(cluster.state())).isEqualTo(new DesiredPeers(List.of(),
                List.of("no BGPPeer has 10.0.0.100 as peerIP, so there are no peers")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'peerIP': '10.0.0.100', 'nodeSelector': 'has(near)'}",
            "{'peerIP': '10.0.0.100', 'nodeSelector': '!has(far)'}"})
    void one_label_of_a_thousand_nodes_alters_exactly_one_peer(String spec) {
        Cluster before = new Cluster().withBgpPeer("rr", spec);
        Cluster after = new Cluster().withBgpPeer("rr", spec);
        for (int i = 0; i < 1000; i++) {
            String address = "10.1." + i / 250 + "." + (i % 250 + 1);
            before.withNode("node-" + i, address, null, "near");
            after.withNode("node-" + i, address, null, i == 417 ? "far" : "near");
        }

        Set<DesiredPeer> gone = new HashSet<>(peers(before).peers());
        assertThat(gone).hasSize(1000);
        gone.removeAll(peers(after).peers());
        assertThat(gone).extracting(DesiredPeer::name).containsExactly("node-417");
        assertThat(peers(after).peers()).hasSize(999).isSubsetOf(peers(before).peers());
    }

    @Test
    void thousands_of_nodes_and_hundreds_of_bgp_peers_take_no_time() {
        Cluster cluster = new Cluster();
        for (int i = 0; i < 5000; i++) {
            cluster.withNode("node-" + i, "10.1." + i / 250 + "." + (i % 250 + 1),
                    "fd00:1::" + Integer.toHexString(i + 1),
                    "rack-" + i % 100, "all");
        }
        for (int i = 0; i < 300; i++) {
            cluster.withBgpPeer("peer-" + i, "{'peerIP': '10.0.0.100', 'nodeSelector': 'has(all) && !has(rack-" + i
                    + ")'}");
        }
        ClusterState state = cluster.state();
        PeerIpMode mode = new PeerIpMode(IDENTITY);

        List<Long> millis = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            long start = System.nanoTime();
            assertThat(mode.apply(state).peers()).hasSize(5000);
            millis.add((System.nanoTime() - start) / 1_000_000);
        }
        // Far above what it takes, because a busy machine must not fail a test.
        assertThat(millis).as("milliseconds").anyMatch(one -> one < 1000);
    }
}
