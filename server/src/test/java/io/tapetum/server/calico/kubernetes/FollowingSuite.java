package io.tapetum.server.calico.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.server.calico.resource.BgpPeer;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.resource.ClusterInformation;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.config.KubernetesSettings;

/** What holds with every API server. It may hold other objects than those of the test, which are told by their names. */
abstract class FollowingSuite {

    private static final String NAME = "tapetum-test-" + Long.toHexString(System.nanoTime()) + "-";

    private static final String AS = "projectcalico.org/ASNumber";

    final RecordedListener told = new RecordedListener();
    private Cluster cluster;
    private KubernetesDatastore datastore;

    abstract Cluster cluster() throws Exception;

    @BeforeEach
    void connect() throws Exception {
        cluster = cluster();
        datastore = new KubernetesDatastore(cluster.access(), KubernetesSettings.ApiGroup.AUTO,
                Timing.NORMAL);
    }

    @AfterEach
    void clean() {
        datastore.close();
        cluster.mend();
        for (String name : new String[]{"a", "b", "c"}) {
            cluster.deleteNode(NAME + name);
            cluster.delete(ResourceKind.BGP_PEER, NAME + name);
            cluster.delete(ResourceKind.BGP_CONFIGURATION, NAME + name);
            cluster.delete(ResourceKind.CLUSTER_INFORMATION, NAME + name);
        }
        cluster.close();
        assertThat(told.overlapped()).as("two calls at a time").isFalse();
    }

    @Test
    void what_is_there_is_told_at_first() {
        // given
        cluster.putNode(NAME + "a", Map.of("rack", "r1"), Map.of(AS, "64513"));
        cluster.put(ResourceKind.BGP_PEER, NAME + "a", Map.of("peerIP", "10.0.0.1", "node", "n1"));
        cluster.put(ResourceKind.BGP_CONFIGURATION, NAME + "a", Map.of());
        cluster.put(ResourceKind.CLUSTER_INFORMATION, NAME + "a", Map.of("datastoreReady", false));
        // when
        followed();
        // then
        assertThat(told.calls()).hasSize(4).allMatch(call -> call.startsWith("replaced"));
        assertThat(node("a").labels()).containsEntry("rack", "r1");
        assertThat(node("a").as()).isEqualTo(64513);
        assertThat(peerNode("a")).isEqualTo("n1");
        assertThat(told.of(ResourceKind.BGP_CONFIGURATION)).containsKey(NAME + "a");
        assertThat(told.of(ResourceKind.CLUSTER_INFORMATION)).containsEntry(NAME + "a",
                new ClusterInformation(NAME + "a", false));
    }

    @Test
    void every_change_is_told() {
        followed();
        // an object that is new
        cluster.putNode(NAME + "a", Map.of("rack", "r1"), Map.of());
        cluster.put(ResourceKind.BGP_PEER, NAME + "a", Map.of("peerIP", "10.0.0.1", "node", "n1"));
        until(() -> told.of(ResourceKind.NODE).containsKey(NAME + "a")
                && told.of(ResourceKind.BGP_PEER).containsKey(NAME + "a"));
        // one that changes
        cluster.putNode(NAME + "a", Map.of("rack", "r2"), Map.of());
        cluster.put(ResourceKind.BGP_PEER, NAME + "a", Map.of("peerIP", "10.0.0.1", "node", "n2"));
        until(() -> "r2".equals(node("a").labels().get("rack")) && peerNode("a").equals("n2"));
        // one that goes
        cluster.deleteNode(NAME + "a");
        cluster.delete(ResourceKind.BGP_PEER, NAME + "a");
        until(() -> !told.of(ResourceKind.NODE).containsKey(NAME + "a")
                && !told.of(ResourceKind.BGP_PEER).containsKey(NAME + "a"));
        assertThat(told.calls("replaced")).hasSize(4);
        assertThat(told.calls("lost")).isEmpty();
    }

    @Test
    void a_nodes_heartbeats_are_not_told() {
        // given
        cluster.putNode(NAME + "a", Map.of(), Map.of());
        followed();
        // when
        for (int i = 0; i < 20; i++) {
            cluster.heartbeat(NAME + "a");
        }
        cluster.putNode(NAME + "b", Map.of(), Map.of());
        until(() -> told.of(ResourceKind.NODE).containsKey(NAME + "b"));
        // then
        assertThat(told.calls("changed NODE " + NAME)).containsExactly("changed NODE " + NAME + "b");
    }

    @Test
    void an_outage_takes_nothing_away_and_what_it_hid_is_told_afterwards() {
        // given
        cluster.putNode(NAME + "a", Map.of(), Map.of());
        cluster.put(ResourceKind.BGP_PEER, NAME + "a", Map.of("peerIP", "10.0.0.1", "node", "n1"));
        cluster.put(ResourceKind.BGP_PEER, NAME + "b", Map.of("peerIP", "10.0.0.1", "node", "n1"));
        followed();
        told.forgetCalls();
        // when
        cluster.cut();
        until(() -> told.calls("lost").size() >= 8);
        // then
        assertThat(told.calls()).allMatch(call -> call.startsWith("lost"));
        // when
        cluster.put(ResourceKind.BGP_PEER, NAME + "a", Map.of("peerIP", "10.0.0.1", "node", "n2"));
        cluster.delete(ResourceKind.BGP_PEER, NAME + "b");
        cluster.putNode(NAME + "c", Map.of(), Map.of());
        cluster.mend();
        until(() -> told.calls().contains("regained"));
        // then
        until(() -> "n2".equals(peerNode("a")));
        until(() -> !told.of(ResourceKind.BGP_PEER).containsKey(NAME + "b"));
        until(() -> told.of(ResourceKind.NODE).keySet().containsAll(List.of(NAME + "a", NAME + "c")));
        assertThat(told.calls("replaced")).as("changes suffice").isEmpty();
        assertThat(told.calls("regained")).hasSize(1);
    }

    @Test
    void a_datastore_that_is_out_of_reach_at_first_is_read_when_it_comes() {
        // given
        cluster.put(ResourceKind.BGP_PEER, NAME + "a", Map.of("peerIP", "10.0.0.1", "node", "n1"));
        cluster.cut();
        // when
        datastore.follow(told);
        until(() -> told.calls("lost").size() >= 8);
        cluster.mend();
        until(() -> told.calls().contains("regained"));
        // then
        assertThat(peerNode("a")).isEqualTo("n1");
        assertThat(told.calls("replaced")).hasSize(4);
    }

    @Test
    void after_it_is_closed_nothing_is_told() {
        followed();
        datastore.close();
        told.forgetCalls();
        cluster.putNode(NAME + "a", Map.of(), Map.of());
        RecordedListener other = new RecordedListener();
        try (KubernetesDatastore second = new KubernetesDatastore(cluster.access(), KubernetesSettings.ApiGroup.AUTO,
                Timing.NORMAL)) {
            second.follow(other);
            until(() -> other.of(ResourceKind.NODE).containsKey(NAME + "a"));
        }
        assertThat(told.calls()).isEmpty();
    }

    private void followed() {
        datastore.follow(told);
        until(told::isComplete);
    }

    private CalicoNode node(String name) {
        return (CalicoNode) told.of(ResourceKind.NODE, NAME + name);
    }

    private String peerNode(String name) {
        return ((BgpPeer) told.of(ResourceKind.BGP_PEER, NAME + name)).node();
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
