package io.tapetum.server.calico;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.server.calico.peering.Cluster;
import io.tapetum.server.calico.peering.NodeMode;
import io.tapetum.server.calico.resource.BgpConfiguration;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.source.DesiredPeers;

/** What becomes of the mesh when the settings of all nodes cannot be used. */
class KnownResourcesTest {

    private static final NodeMode NODE_MODE = new NodeMode(Cluster.identity("10.0.0.2", null, "rr"));
    private static final CalicoResource SIGNED = Cluster.defaults(
            "{'asNumber': 64999, 'nodeMeshPassword': {'secretKeyRef': {'name': 'bgp', 'key': 'mesh'}}}");
    private static final CalicoResource UNUSABLE = Cluster.defaults("{'asNumber': 'x'}");
    private static final CalicoResource OFF = Cluster.defaults("{'nodeToNodeMeshEnabled': false}");

    private final KnownResources resources = new KnownResources(ResourceKind.RESOURCES);

    @BeforeEach
    void twoNodes() {
        resources.replace(ResourceKind.NODE, List.of(node("rr", "10.0.0.2"), node("n3", "10.0.0.3")));
    }

    private static CalicoResource node(String name, String address) {
        return new CalicoNode(name, Map.of(), Inet4Address.ofLiteral(address), null, null, null);
    }

    private DesiredPeers peers() {
        return NODE_MODE.apply(resources.state());
    }

    private void said(CalicoResource... configurations) {
        resources.replace(ResourceKind.BGP_CONFIGURATION, List.of(configurations));
    }

    private void isMeshed(long as, String key) {
        assertThat(peers().peers()).singleElement().satisfies(peer -> {
            assertThat(peer.localAs()).isEqualTo(as);
            assertThat(peer.protection().key()).isEqualTo(key);
        });
    }

    @Test
    void what_cannot_be_used_costs_no_session_of_the_mesh_nor_its_password() {
        said(SIGNED);
        isMeshed(64999, "secret:calico-system/bgp/mesh");

        assertThat(resources.change(UNUSABLE)).isTrue();
        isMeshed(64999, "secret:calico-system/bgp/mesh");
        assertThat(peers().problems()).singleElement().asString()
                .startsWith("BGPConfiguration \"default\" is left out, and"
                        + " what held before it stays in force: spec.asNumber is \"x\", expected");
        said(UNUSABLE);
        isMeshed(64999, "secret:calico-system/bgp/mesh");

        resources.change(OFF);
        assertThat(peers()).isEqualTo(DesiredPeers.NONE);
        resources.change(UNUSABLE);
        assertThat(peers().peers()).isEmpty();
    }

    @Test
    void that_there_was_nothing_holds_too() {
        said();
        isMeshed(64512, "");

        resources.change(UNUSABLE);
        isMeshed(64512, "");
        assertThat(peers().problems()).hasSize(1);

        resources.change(SIGNED);
        resources.change(UNUSABLE);
        resources.remove(ResourceKind.BGP_CONFIGURATION, BgpConfiguration.DEFAULT);
        isMeshed(64512, "");
        assertThat(peers().problems()).isEmpty();
    }

    @Test
    void if_nothing_was_ever_known_nobody_is_meshed() {
        said(UNUSABLE);
        assertThat(peers().peers()).isEmpty();
        assertThat(peers().problems()).hasSize(2);

        resources.change(SIGNED);
        isMeshed(64999, "secret:calico-system/bgp/mesh");
        assertThat(peers().problems()).isEmpty();
    }
}
