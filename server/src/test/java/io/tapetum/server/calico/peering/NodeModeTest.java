package io.tapetum.server.calico.peering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.core.settings.Protection;
import io.tapetum.server.calico.resource.BgpConfiguration;
import io.tapetum.server.calico.resource.SecretKeyRef;
import io.tapetum.server.config.OwnAddresses;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerOrigin;

class NodeModeTest {

    private static final int CLUSTER_ID = 0x0A000001;
    private static final int OTHER_CLUSTER_ID = 0x0A000009;

    private static final Identity RR = Cluster.identity("10.192.0.2", "fe0a::2", "rr");

    private static final String MIDDLE = "{'nodeSelector': 'has(routeReflector)', 'peerSelector': '!has(routeReflector)'}";

    private static DesiredPeers peers(Cluster cluster) {
        return new NodeMode(RR).apply(cluster.state());
    }

    private static List<String> text(Cluster cluster) {
        DesiredPeers peers = peers(cluster);
        assertThat(peers.problems()).isEmpty();
        return Cluster.text(peers);
    }

    /** One reflector and two nodes, in AS 64532, without a mesh. */
    private static Cluster cluster() {
        return nodes().withReflector(CLUSTER_ID, "rr", "10.192.0.2", "fe0a::2", "routeReflector");
    }

    private static Cluster nodes() {
        return new Cluster().withDefaults(64532L, false, null).withNode("n3", "10.192.0.3", "fe0a::3")
                .withNode("n4", "10.192.0.4", "fe0a::4");
    }

    @Test
    void nodes_that_a_selector_matches_are_clients_in_both_families() {
        DesiredPeers peers = peers(cluster().withBgpPeer("middle", MIDDLE));

        assertThat(Cluster.text(peers)).containsExactly("n3 10.192.0.3:179 NODE_SPECIFIC CLIENT",
                "n3 fe0a::3:179 NODE_SPECIFIC CLIENT", "n4 10.192.0.4:179 NODE_SPECIFIC CLIENT",
                "n4 fe0a::4:179 NODE_SPECIFIC CLIENT");
        assertThat(peers.peers()).extracting(DesiredPeer::clusterId).containsOnly(CLUSTER_ID);
        assertThat(peers.peers()).extracting(DesiredPeer::localAs).containsOnly(64532L);
        assertThat(peers.problems()).isEmpty();
    }

    @Test
    void another_as_makes_an_external_peer_and_no_client() {
        assertThat(text(cluster()
                .withBgpPeer("tor",
                        "{'peerIP': '172.19.4.87', 'asNumber': 64533, 'nodeSelector': 'has(routeReflector)'}")
                .withBgpPeer("tor6", "{'peerIP': '[ac13::57]:50', 'asNumber': 64533}")))
                .containsExactly("tor 172.19.4.87:179 NODE_SPECIFIC EXTERNAL 64532/64533",
                        "tor6 ac13::57:50 GLOBAL EXTERNAL 64532/64533");
    }

    @Test
    void an_address_of_ours_is_reversed_in_its_family_only() {
        assertThat(Cluster.text(peers(cluster().withBgpPeer("rr", "{'peerIP': 'fe0a::2'}"))))
                .containsExactly("n3 fe0a::3:179 NODE_SPECIFIC CLIENT", "n4 fe0a::4:179 NODE_SPECIFIC CLIENT");
        assertThat(text(cluster().withBgpPeer("rr", "{'peerIP': '10.192.0.2', 'node': 'n4'}")))
                .containsExactly("n4 10.192.0.4:179 NODE_SPECIFIC CLIENT");
    }

    @Test
    void a_selector_that_matches_us_is_reversed_in_both_families() {
        assertThat(text(cluster().withBgpPeer("up",
                "{'nodeSelector': '!has(routeReflector)', 'peerSelector': 'has(routeReflector)'}"))).hasSize(4)
                .allMatch(peer -> peer.endsWith("NODE_SPECIFIC CLIENT"));
    }

    @Test
    void nothing_is_reversed_if_that_is_done_by_hand() {
        assertThat(text(cluster().withBgpPeer("up", "{'nodeSelector': '!has(routeReflector)',"
                + " 'peerSelector': 'has(routeReflector)', 'reversePeering': 'Manual'}"))).isEmpty();
        assertThat(text(cluster().withBgpPeer("rr", "{'peerIP': '10.192.0.2', 'reversePeering': 'Manual'}"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '^', value = {
            "ordinary node; {'nodeSelector': 'has(routeReflector)', 'peerSelector': 'has(plain)'}; peer; CLIENT",
            "iBGP router by address; {'peerIP': '172.16.0.1', 'asNumber': 64532}; p; CLIENT",
            "reflector of our cluster by selector; {'nodeSelector': 'has(routeReflector)', 'peerSelector': 'has(same)'}; same; NON_CLIENT",
            "reflector of another cluster by selector; {'nodeSelector': 'has(routeReflector)', 'peerSelector': 'has(other)'}; other; CLIENT",
            "reflector of our cluster that selects us; {'nodeSelector': 'has(same)', 'peerSelector': 'has(routeReflector)'}; same; NON_CLIENT",
            "reflector of another cluster that selects us; {'nodeSelector': 'has(other)', 'peerSelector': 'has(routeReflector)'}; other; CLIENT",
            "reflector of our cluster by address; {'peerIP': '10.192.0.11', 'asNumber': 64532, 'node': 'rr'}; same; CLIENT",
            "reflector of our cluster that names our address; {'peerIP': '10.192.0.2', 'node': 'same'}; same; NON_CLIENT",
            "other AS; {'peerIP': '172.16.0.1', 'asNumber': 1}; p; EXTERNAL"})
    void who_is_a_client_follows_from_as_number_and_cluster_id(String who, String spec, String name, String role) {
        Cluster cluster = new Cluster().withDefaults(64532L, false, null)
                .withReflector(CLUSTER_ID, "rr", "10.192.0.2", null, "routeReflector")
                .withReflector(CLUSTER_ID, "same", "10.192.0.11", null, "same")
                .withReflector(OTHER_CLUSTER_ID, "other", "10.192.0.12", null, "other")
                .withNode("peer", "10.192.0.3", null, "plain").withBgpPeer("p", spec);

        assertThat(peers(cluster).peers()).as(who).singleElement().satisfies(peer -> {
            assertThat(peer.name()).isEqualTo(name);
            assertThat(peer.role()).hasToString(role);
        });
    }

    @Test
    void without_a_cluster_id_nobody_is_a_client_and_the_configured_one_goes_before_that_of_the_node() {
        Cluster plain = nodes().withNode("rr", "10.192.0.2", "fe0a::2", "routeReflector").withBgpPeer("m", MIDDLE);
        Identity configured = new Identity(RR.addresses(), Set.of(179), "rr", OTHER_CLUSTER_ID, null, "ns");

        assertThat(text(plain)).hasSize(4).allMatch(peer -> peer.endsWith("NON_CLIENT"));
        assertThat(new NodeMode(configured).apply(plain.state()).peers()).hasSize(4)
                .allMatch(peer -> peer.role().name().equals("CLIENT")
                        && Objects.equals(peer.clusterId(), OTHER_CLUSTER_ID));
        assertThat(new NodeMode(configured).apply(cluster().withBgpPeer("m", MIDDLE).state()).peers())
                .extracting(DesiredPeer::clusterId).containsOnly(OTHER_CLUSTER_ID);
    }

    @Test
    void in_the_mesh_are_nodes_without_a_cluster_id_and_the_lower_text_waits() {
        Cluster cluster = new Cluster().withDefaults(null, true, null).withNode("master", "10.0.0.10", null)
                .withNode("node-1", "10.0.0.9", null).withReflector(CLUSTER_ID, "node-2", "10.0.0.2", null);

        assertThat(Cluster.text(new NodeMode(Cluster.identity("10.0.0.2", null, "node-2")).apply(cluster.state())))
                .isEmpty();
        assertThat(Cluster.text(new NodeMode(Cluster.identity("10.0.0.10", null, "master")).apply(cluster.state())))
                .containsExactly("node-1 10.0.0.9:179 MESH NON_CLIENT PASSIVE");
        assertThat(Cluster.text(new NodeMode(Cluster.identity("10.0.0.9", null, "node-1")).apply(cluster.state())))
                .containsExactly("master 10.0.0.10:179 MESH NON_CLIENT ACTIVE");
    }

    @Test
    void the_mesh_is_on_unless_it_is_off_and_what_a_bgp_peer_says_goes_before_it() {
        Cluster cluster = new Cluster().withNode("rr", "10.192.0.2", "fe0a::2")
                .withNodeOf(64999, "n3", "10.192.0.3", "fe0a::3")
                .withBgpPeer("p", "{'peerIP': '10.192.0.3', 'asNumber': 64999}");

        assertThat(text(cluster)).containsExactly("n3 10.192.0.3:179 GLOBAL EXTERNAL 64512/64999 PASSIVE",
                "n3 fe0a::3:179 MESH EXTERNAL 64512/64999 PASSIVE");
        assertThat(text(cluster.withDefaults(null, false, null))).hasSize(1);
    }

    @Test
    void towards_a_global_bgp_peer_with_our_address_lower_nodes_wait_so_we_connect() {
        Cluster cluster = new Cluster().withDefaults(null, false, null)
                .withReflector(CLUSTER_ID, "rr", "10.192.0.2", "fe0a::2").withNode("lower", "10.192.0.10", null)
                .withNode("higher", "10.192.0.3", null);

        assertThat(text(cluster.withBgpPeer("rr", "{'peerIP': '10.192.0.2', 'asNumber': 64512}")))
                .containsExactly("higher 10.192.0.3:179 NODE_SPECIFIC CLIENT",
                        "lower 10.192.0.10:179 NODE_SPECIFIC CLIENT ACTIVE");
    }

    @Test
    void nobody_waits_for_a_bgp_peer_of_certain_nodes_or_for_one_who_is_no_node() {
        assertThat(text(
                new Cluster().withDefaults(null, false, null).withReflector(CLUSTER_ID, "rr", "10.192.0.2", "fe0a::2")
                        .withNode("lower", "10.192.0.10", null).withNode("higher", "10.192.0.3", null)
                        .withBgpPeer("rr", "{'peerIP': '10.192.0.2', 'nodeSelector': 'all()'}")
                        .withBgpPeer("other", "{'peerIP': '10.192.0.9'}")
                        .withBgpPeer("specific", "{'peerIP': '10.192.0.3', 'node': 'rr'}")))
                .containsExactly("higher 10.192.0.3:179 NODE_SPECIFIC CLIENT",
                        "lower 10.192.0.10:179 NODE_SPECIFIC CLIENT", "other 10.192.0.9:179 GLOBAL CLIENT");
    }

    @Test
    void two_reflectors_that_global_bgp_peers_name_do_not_both_wait() {
        Cluster cluster = new Cluster().withDefaults(null, false, null)
                .withReflector(CLUSTER_ID, "rr", "10.192.0.2", "fe0a::2")
                .withReflector(CLUSTER_ID, "rs", "10.192.0.3", "fe0a::3")
                .withBgpPeer("rr", "{'peerIP': 'fe0a::2'}").withBgpPeer("rs", "{'peerIP': 'fe0a::3'}");

        assertThat(text(cluster)).containsExactly("rs fe0a::3:179 GLOBAL CLIENT PASSIVE");
        assertThat(Cluster.text(new NodeMode(Cluster.identity("10.192.0.3", "fe0a::3", "rs")).apply(cluster.state())))
                .containsExactly("rr fe0a::2:179 GLOBAL CLIENT ACTIVE");
    }

    @Test
    void forward_goes_before_reverse_global_before_specific_and_then_the_first_by_name() {
        String toN3 = "{'peerIP': '10.192.0.3', 'asNumber': %d%s}";
        Cluster cluster = cluster().withBgpPeer("a", "{'nodeSelector': 'all()', 'peerSelector': 'has(routeReflector)',"
                + " 'maxRestartTime': '1s'}");
        assertThat(peers(cluster).peers()).hasSize(4)
                .allMatch(peer -> Objects.equals(peer.gracefulRestartSeconds(), 1));

        cluster.withBgpPeer("z", toN3.formatted(3, ", 'node': 'rr'"));
        assertThat(text(cluster)).contains("n3 10.192.0.3:179 NODE_SPECIFIC EXTERNAL 64532/3");
        cluster.withBgpPeer("b", toN3.formatted(4, ", 'node': 'rr'"));
        assertThat(text(cluster)).contains("n3 10.192.0.3:179 NODE_SPECIFIC EXTERNAL 64532/4");
        cluster.withBgpPeer("y", toN3.formatted(5, ""));
        assertThat(text(cluster)).contains("n3 10.192.0.3:179 GLOBAL EXTERNAL 64532/5 PASSIVE").hasSize(4);
    }

    @Test
    void ports_are_those_of_the_bgp_peer_or_else_of_the_node() {
        Cluster cluster = cluster().withPortOf("n3", 1790).withBgpPeer("middle", MIDDLE);
        assertThat(text(cluster)).contains("n3 10.192.0.3:1790 NODE_SPECIFIC CLIENT",
                "n4 10.192.0.4:179 NODE_SPECIFIC CLIENT");

        assertThat(text(cluster().withPortOf("n3", 1790).withBgpPeer("right-as",
                "{'peerIP': '10.192.0.3', 'asNumber': 64532, 'node': 'rr'}")))
                .containsExactly("n3 10.192.0.3:1790 NODE_SPECIFIC CLIENT");
        assertThat(text(cluster().withPortOf("n3", 1790).withBgpPeer("other-as",
                "{'peerIP': '10.192.0.3', 'asNumber': 1, 'node': 'rr'}")))
                .containsExactly("n3 10.192.0.3:179 NODE_SPECIFIC EXTERNAL 64532/1");
    }

    @Test
    void of_two_ports_of_one_address_the_first_is_taken_and_told() {
        DesiredPeers peers = peers(cluster().withBgpPeer("a", "{'peerIP': '172.16.0.1:50', 'asNumber': 1}")
                .withBgpPeer("b", "{'peerIP': '172.16.0.1', 'asNumber': 1}"));

        assertThat(Cluster.text(peers)).containsExactly("a 172.16.0.1:50 GLOBAL EXTERNAL 64532/1");
        assertThat(peers.problems()).containsExactly(
                "172.16.0.1 is wanted with the ports 50 and 179, but has one session only: with port 50");
    }

    @Test
    void a_local_as_number_is_ours_forward_and_the_nodes_in_reverse_and_goes_with_an_address_only() {
        assertThat(text(cluster().withBgpPeer("p", "{'peerIP': '172.16.0.1', 'asNumber': 2, 'localASNumber': 1}")))
                .containsExactly("p 172.16.0.1:179 GLOBAL EXTERNAL 1/2");
        assertThat(text(cluster().withBgpPeer("p", "{'peerIP': '10.192.0.2', 'node': 'n3', 'localASNumber': 1}")))
                .containsExactly("n3 10.192.0.3:179 NODE_SPECIFIC EXTERNAL 64532/1");
        assertThat(text(cluster().withBgpPeer("p",
                "{'node': 'rr', 'peerSelector': '!has(routeReflector)', 'localASNumber': 1}")))
                .hasSize(4).allMatch(peer -> peer.endsWith("CLIENT"));
    }

    @Test
    void ttl_security_and_the_restart_time_are_taken_over() {
        assertThat(peers(cluster().withBgpPeer("rr",
                "{'peerIP': '10.192.0.2', 'node': 'n3', 'ttlSecurity': 2, 'maxRestartTime': '0s'}")).peers())
                .singleElement().satisfies(peer -> {
                    assertThat(peer.protection()).isEqualTo(new Protection("", 2));
                    assertThat(peer.gracefulRestartSeconds()).isZero();
                });
    }

    @Test
    void a_password_is_that_of_both_directions_and_that_of_the_mesh_is_another() {
        String password = "'password': {'secretKeyRef': {'name': 'bgp', 'key': 'k'}}";
        Cluster cluster = nodes().withNode("rr", "10.192.0.2", null)
                .with(new BgpConfiguration("default", null, true, null, new SecretKeyRef.Named("mesh", "m")))
                .withBgpPeer("forward", "{'peerIP': '172.16.0.1', 'asNumber': 64512, 'node': 'rr', " + password + "}")
                .withBgpPeer("reverse", "{'peerIP': '10.192.0.2', 'node': 'n3', " + password + "}");

        assertThat(peers(cluster).peers()).extracting(peer -> peer.origin() + " " + peer.protection().key())
                .containsOnly("NODE_SPECIFIC secret:calico-system/bgp/k", "MESH secret:calico-system/mesh/m");
        assertThat(peers(cluster).peers()).filteredOn(peer -> peer.origin() == PeerOrigin.NODE_SPECIFIC).hasSize(2);
    }

    @Test
    void a_password_that_names_no_secret_lets_nobody_in_without_one() {
        Cluster cluster = new Cluster().withNode("rr", "10.192.0.2", null).withNode("n3", "10.192.0.3", null)
                .withBgpPeer("first", "{'peerIP': '10.192.0.3', 'node': 'rr', 'password': {'secretKeyRef': {}}}")
                .withBgpPeer("second", "{'peerIP': '10.192.0.3', 'node': 'rr'}");

        assertThat(Cluster.text(peers(cluster))).containsExactly("n3 10.192.0.3:179 NODE_SPECIFIC NON_CLIENT");
        assertThat(peers(cluster).peers()).extracting(peer -> peer.protection().key())
                .containsExactly(KeyReference.InSecret.NOWHERE);
        assertThat(KeyReference.InSecret.ofText(KeyReference.InSecret.NOWHERE)).isEmpty();
        assertThat(peers(cluster).problems())
                .contains("BGPPeer \"first\": spec.password does not say where the password"
                        + " is, expected secretKeyRef with the name of a Secret and the key of a value in it; the sessions stay"
                        + " down until it does");
    }

    @Test
    void a_mesh_whose_password_names_no_secret_has_no_session_without_one() {
        Cluster cluster = nodes("{'nodeMeshPassword': {'secretKeyRef': {'name': '-'}}}");

        assertThat(peers(cluster).peers()).hasSize(4)
                .allMatch(peer -> peer.protection().key().equals(KeyReference.InSecret.NOWHERE));
        assertThat(peers(cluster).problems()).singleElement().asString().startsWith(
                "BGPConfiguration \"default\": spec.nodeMeshPassword does not say where the password is, expected");
    }

    @Test
    void nobody_is_meshed_while_nobody_knows_what_the_configuration_says_of_the_mesh() {
        Cluster cluster = nodes("{'listenPort': 'x'}").withBgpPeer("p", "{'peerIP': '10.192.0.3'}");

        assertThat(Cluster.text(peers(cluster))).containsExactly("n3 10.192.0.3:179 GLOBAL NON_CLIENT PASSIVE");
        assertThat(peers(cluster).problems()).containsExactly(
                "BGPConfiguration \"default\" is left out: spec.listenPort is \"x\", expected a port from 1 to 65535",
                "nobody is a peer by the node-to-node mesh until BGPConfiguration \"default\" can be read: it may have a"
                        + " password for it, or turn it off");
    }

    private static Cluster nodes(String defaults) {
        return new Cluster().with(Cluster.defaults(defaults)).withNode("rr", "10.192.0.2", "fe0a::2")
                .withNode("n3", "10.192.0.3", "fe0a::3").withNode("n4", "10.192.0.4", "fe0a::4");
    }

    @Test
    void without_its_node_a_reflector_has_no_peers_and_says_so() {
        assertThat(peers(nodes().withBgpPeer("all", "{'peerSelector': 'all()'}"))).isEqualTo(
                new DesiredPeers(List.of(), List.of("the Node \"rr\", which this reflector is to be, does not exist;"
                        + " until it does there are no peers")));
    }

    @Test
    void what_the_datastore_and_the_reflector_do_not_agree_on_is_told() {
        Cluster cluster = nodes().withReflector(CLUSTER_ID, "rr", "10.192.0.5", null, "routeReflector")
                .withBgpPeer("up", "{'peerSelector': 'has(routeReflector)'}")
                .withBgpPeer("wrong-as", "{'peerIP': '10.192.0.5', 'asNumber': 1}");
        Identity elsewhere = new Identity(new OwnAddresses(Cluster.ipv4("10.192.0.2"), Cluster.ipv6("fe0a::2")),
                Set.of(1179), "rr", null, 64999L, "ns");

        assertThat(new NodeMode(elsewhere).apply(cluster.state()).problems()).containsExactly(
                "Node \"rr\" has the address 10.192.0.5 in the datastore, but this reflector connects from 10.192.0.2",
                "Node \"rr\" has no IPv6 address in the datastore, so there are no IPv6 sessions",
                "Node \"rr\" has AS 64532 in the datastore, but AS 64999 is configured: other nodes expect the former",
                "BGPPeer \"wrong-as\" has AS 1 for 10.192.0.5, but this reflector has AS 64999",
                "nodes connect to port 179 of Node \"rr\", as BGPConfiguration says, but this reflector listens on"
                        + " [1179]");
    }

    @Test
    void what_is_wrong_about_our_own_bgp_peers_is_told_and_what_is_wrong_about_others_is_not() {
        Cluster cluster = cluster().withNode("bare", null, null).withBgpPeer("bad", "{'peerIP': 'x'}")
                .withBgpPeer("green", "{'node': 'rr', 'peerSelector': 'has(green)'}")
                .withBgpPeer("middle", MIDDLE).withBgpPeer("not-ours", "{'node': 'n3', 'peerSelector': 'has(green)'}")
                .withBgpPeer("stranger", "{'peerIP': '10.192.0.2', 'node': 'n9'}")
                .withBgpPeer("unreadable", "{'nodeSelector': 'a = b', 'peerSelector': 'c = d'}");

        assertThat(peers(cluster).peers()).hasSize(4);
        assertThat(peers(cluster).problems()).satisfiesExactly(
                problem -> assertThat(problem).startsWith("BGPPeer \"bad\" is left out: spec.peerIP is \"x\""),
                problem -> assertThat(problem).startsWith(
                        "BGPPeer \"unreadable\": nodeSelector \"a = b\" is no selector and matches nothing: expected"),
                problem -> assertThat(problem).startsWith(
                        "BGPPeer \"unreadable\": peerSelector \"c = d\" is no selector and matches nothing: expected"),
                problem -> assertThat(problem)
                        .isEqualTo("BGPPeer \"green\": peerSelector \"has(green)\" matches no Node"),
                problem -> assertThat(problem)
                        .isEqualTo("BGPPeer \"stranger\" is for the Node \"n9\", which does not exist"),
                problem -> assertThat(problem)
                        .isEqualTo("1 Node has no address and so no session that a BGPPeer wants: bare"));
    }

    @Test
    void a_family_that_either_side_lacks_has_no_sessions() {
        Cluster cluster = new Cluster().withDefaults(null, false, null)
                .withReflector(CLUSTER_ID, "rr", "10.192.0.2", "fe0a::2", "routeReflector")
                .withNode("v4", "10.192.0.3", null).withNode("v6", null, "fe0a::4").withBgpPeer("middle", MIDDLE);

        assertThat(text(cluster)).containsExactly("v4 10.192.0.3:179 NODE_SPECIFIC CLIENT",
                "v6 fe0a::4:179 NODE_SPECIFIC CLIENT");
        assertThat(Cluster.text(new NodeMode(Cluster.identity("10.192.0.2", null, "rr")).apply(cluster.state())))
                .containsExactly("v4 10.192.0.3:179 NODE_SPECIFIC CLIENT");
    }
}
