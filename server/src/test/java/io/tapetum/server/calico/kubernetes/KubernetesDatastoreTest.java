package io.tapetum.server.calico.kubernetes;

import static io.tapetum.server.calico.kubernetes.FakeCluster.NODES;
import static io.tapetum.server.calico.kubernetes.FollowingSuite.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.config.KubernetesSettings;
import io.tapetum.server.config.Secret;

/** What API servers do rarely, or at their own time. */
class KubernetesDatastoreTest {

    private static final String PEERS = CalicoApi.CRD_V1.path(ResourceKind.BGP_PEER);
    private static final String INFORMATION = CalicoApi.CRD_V1.path(ResourceKind.CLUSTER_INFORMATION);

    private static final Timing SHORT = shortly(Duration.ofSeconds(15), Duration.ofMinutes(5));

    /** As always, but that what takes minutes takes seconds: after {@code overdue} without a word a watch is given up. */
    private static Timing shortly(Duration overdue, Duration resumable) {
        return new Timing(Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(15), Duration.ofSeconds(1),
                overdue, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMillis(500), resumable);
    }

    private final RecordedListener told = new RecordedListener();
    private FakeCluster cluster;
    private FakeApiServer server;
    private KubernetesDatastore datastore;

    @BeforeEach
    void begin() throws IOException {
        cluster = new FakeCluster(CalicoApi.CRD_V1);
        server = cluster.server;
        datastore(Timing.NORMAL);
    }

    @AfterEach
    void end() {
        datastore.close();
        cluster.close();
    }

    @Test
    void lists_are_read_in_pages() {
        for (int i = 0; i < 1201; i++) {
            cluster.putNode("n" + i, Map.of(), Map.of());
        }
        followed();
        assertThat(told.of(ResourceKind.NODE)).hasSize(1201);
        assertThat(server.lists(NODES)).extracting(request -> request.query().get("limit")).containsExactly("500",
                "500", "500");
        assertThat(told.calls("replaced NODE")).hasSize(1);
    }

    @Test
    void a_list_whose_next_page_is_too_old_is_read_from_its_beginning() {
        for (int i = 0; i < 600; i++) {
            cluster.putNode("n" + i, Map.of(), Map.of());
        }
        server.expiredPlaces.set(1);
        followed();
        assertThat(told.of(ResourceKind.NODE)).hasSize(600);
        assertThat(server.lists(NODES)).hasSize(4);
        assertThat(told.calls("lost")).isEmpty();
    }

    @Test
    void only_the_metadata_of_nodes_is_asked_for() {
        followed();
        until(() -> !server.watches(NODES).isEmpty() && !server.watches(PEERS).isEmpty());
        assertThat(server.lists(NODES)).extracting(FakeApiServer.Request::accept)
                .containsOnly("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        assertThat(server.watches(NODES)).extracting(FakeApiServer.Request::accept)
                .containsOnly("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
        assertThat(server.lists(PEERS)).extracting(FakeApiServer.Request::accept).containsOnly("application/json");
    }

    @Test
    void a_watch_that_ends_in_time_goes_on_where_it_was() {
        datastore(SHORT);
        followed();
        until(() -> server.watches(PEERS).size() >= 3);
        cluster.put(ResourceKind.BGP_PEER, "a", Map.of());
        until(() -> told.of(ResourceKind.BGP_PEER).containsKey("a"));
        String version = String.valueOf(server.objects.version());
        until(() -> version.equals(server.watches(PEERS).getLast().query().get("resourceVersion")));
        assertThat(server.lists(PEERS)).hasSize(1);
        assertThat(told.calls("lost")).isEmpty();
    }

    @Test
    void a_bookmark_moves_the_version_from_which_the_next_watch_goes_on() {
        datastore(SHORT);
        followed();
        server.interjections.put(PEERS,
                "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"4711\"}}}");
        until(() -> !server.watches(PEERS).isEmpty());
        until(() -> "4711".equals(server.watches(PEERS).getLast().query().get("resourceVersion")));
        assertThat(server.watches(PEERS).getFirst().query()).containsEntry("allowWatchBookmarks", "true");
        assertThat(told.calls("changed BGP_PEER")).isEmpty();
        assertThat(told.calls("lost")).isEmpty();
    }

    @Test
    void what_is_too_old_to_go_on_from_is_listed_again() {
        // given
        datastore(SHORT);
        cluster.put(ResourceKind.BGP_PEER, "a", Map.of());
        cluster.put(ResourceKind.BGP_PEER, "b", Map.of());
        followed();
        until(() -> !server.watches(PEERS).isEmpty());
        // when
        cluster.cut();
        until(() -> !told.calls("lost").isEmpty());
        cluster.delete(ResourceKind.BGP_PEER, "a");
        server.objects.forget();
        cluster.mend();
        until(() -> told.calls().contains("regained"));
        // then
        assertThat(told.of(ResourceKind.BGP_PEER)).containsOnlyKeys("b");
        assertThat(told.calls("replaced BGP_PEER")).hasSize(2);
        assertThat(told.calls("lost")).noneMatch(reason -> reason.contains("410"));
    }

    @Test
    void a_watch_that_is_told_so_under_way_lists_again() {
        followed();
        until(() -> !server.watches(PEERS).isEmpty());
        server.interjections.put(PEERS,
                "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\"}}");
        until(() -> told.calls("replaced BGP_PEER").size() == 2);
        assertThat(told.calls("lost")).isEmpty();
    }

    @Test
    void a_long_outage_ends_with_a_list() {
        datastore(shortly(SHORT.overdue(), Duration.ofMillis(200)));
        followed();
        cluster.cut();
        until(() -> told.calls("lost").size() > 60);
        cluster.mend();
        until(() -> told.calls().contains("regained"));
        assertThat(told.calls("replaced")).hasSize(8);
    }

    @Test
    void a_watch_on_a_connection_that_died_silently_is_given_up() {
        datastore(shortly(Duration.ofSeconds(1), SHORT.resumable()));
        server.mute.add(PEERS);
        followed();
        until(() -> told.calls("lost").stream().anyMatch(reason -> reason.contains("nothing was heard")));
        server.mute.clear();
        until(() -> told.calls().contains("regained"));
        cluster.put(ResourceKind.BGP_PEER, "a", Map.of());
        until(() -> told.of(ResourceKind.BGP_PEER).containsKey("a"));
    }

    @Test
    void an_error_is_never_an_empty_list() {
        // given
        datastore(SHORT);
        cluster.put(ResourceKind.BGP_PEER, "a", Map.of());
        followed();
        until(() -> !server.watches(PEERS).isEmpty());
        told.forgetCalls();
        // when
        for (int code : new int[]{500, 503, 403, 404, 429, 302}) {
            server.refusals.put(PEERS, code);
            until(() -> told.calls("lost").stream().anyMatch(reason -> reason.contains("answer " + code)));
        }
        // then
        assertThat(told.calls()).allMatch(call -> call.startsWith("lost"));
        assertThat(told.of(ResourceKind.BGP_PEER)).containsKey("a");
        // when
        server.refusals.clear();
        until(() -> told.calls().contains("regained"));
        // then
        assertThat(told.of(ResourceKind.BGP_PEER)).containsKey("a");
    }

    @Test
    void what_is_refused_for_want_of_permission_says_where_the_permissions_are() {
        server.refusals.put(NODES, 403);
        datastore.follow(told);
        until(() -> !told.calls("lost").isEmpty());
        assertThat(told.calls("lost").getFirst()).contains("/api/v1/nodes: answer 403 (refused by the test)")
                .contains("config/kubernetes/rbac.yaml");
    }

    @Test
    void one_kind_that_is_not_followed_keeps_the_whole_from_being_regained() {
        datastore(SHORT);
        server.refusals.put(NODES, 500);
        server.refusals.put(PEERS, 500);
        datastore.follow(told);
        until(() -> told.calls("lost").stream().anyMatch(reason -> reason.contains(PEERS)));
        server.refusals.remove(PEERS);
        until(() -> !server.watches(PEERS).isEmpty());
        until(() -> told.calls("lost").size() > 20);
        assertThat(told.calls()).doesNotContain("regained");
        server.refusals.remove(NODES);
        until(() -> told.calls().contains("regained"));
        assertThat(told.isComplete()).isTrue();
    }

    @Test
    void a_cluster_without_cluster_information_has_none() {
        server.refusals.put(INFORMATION, 404);
        followed();
        assertThat(told.of(ResourceKind.CLUSTER_INFORMATION)).isEmpty();
        assertThat(told.calls("lost")).isEmpty();
    }

    @Test
    void cluster_information_that_comes_later_is_found() {
        datastore(SHORT);
        server.refusals.put(INFORMATION, 404);
        followed();
        cluster.put(ResourceKind.CLUSTER_INFORMATION, "default", Map.of("datastoreReady", false));
        server.refusals.clear();
        until(() -> told.of(ResourceKind.CLUSTER_INFORMATION).containsKey("default"));
        assertThat(told.calls("lost")).isEmpty();
    }

    @Test
    void a_cluster_into_which_calico_is_installed_later_is_followed_from_then_on() {
        datastore(SHORT);
        server.groups.clear();
        datastore.follow(told);
        until(() -> told.calls("lost").stream().anyMatch(reason -> reason.contains("is Calico installed")));
        assertThat(told.calls("replaced BGP")).isEmpty();
        server.groups.add("projectcalico.org");
        put(CalicoApi.PROJECTCALICO_V3, "a");
        until(() -> told.calls().contains("regained"));
        assertThat(told.of(ResourceKind.BGP_PEER)).containsOnlyKeys("a");
    }

    @Test
    void native_resources_alone_are_read() {
        server.groups.clear();
        server.groups.add("projectcalico.org");
        put(CalicoApi.PROJECTCALICO_V3, "a");
        followed();
        assertThat(told.of(ResourceKind.BGP_PEER)).containsOnlyKeys("a");
        assertThat(told.calls("lost")).isEmpty();
    }

    @Test
    void of_both_groups_the_older_one_is_read() {
        server.groups.add("projectcalico.org");
        put(CalicoApi.PROJECTCALICO_V3, "a");
        put(CalicoApi.CRD_V1, "b");
        followed();
        assertThat(told.of(ResourceKind.BGP_PEER)).containsOnlyKeys("b");
    }

    @Test
    void without_an_answer_about_groups_the_older_one_is_read() {
        server.refusals.put("/apis", 403);
        put(CalicoApi.CRD_V1, "b");
        followed();
        assertThat(told.of(ResourceKind.BGP_PEER)).containsOnlyKeys("b");
    }

    @Test
    void a_group_that_is_named_is_read_whatever_there_is() {
        server.groups.add("projectcalico.org");
        put(CalicoApi.PROJECTCALICO_V3, "a");
        put(CalicoApi.CRD_V1, "b");
        datastore.close();
        datastore = new KubernetesDatastore(cluster.access(), KubernetesSettings.ApiGroup.PROJECTCALICO_V3,
                Timing.NORMAL);
        followed();
        assertThat(told.of(ResourceKind.BGP_PEER)).containsOnlyKeys("a");
        assertThat(server.lists("/apis")).isEmpty();
    }

    @Test
    void resources_that_move_to_the_other_group_are_listed_there() {
        // given
        datastore(SHORT);
        put(CalicoApi.CRD_V1, "a");
        followed();
        put(CalicoApi.PROJECTCALICO_V3, "b");
        // when
        server.groups.add("projectcalico.org");
        server.groups.remove("crd.projectcalico.org");
        // then
        until(() -> told.calls("replaced BGP_PEER").size() == 2);
        assertThat(told.of(ResourceKind.BGP_PEER)).containsOnlyKeys("b");
        assertThat(told.calls("removed")).isEmpty();
    }

    @Test
    void a_token_that_is_replaced_is_read_anew_without_a_word(@TempDir Path folder) throws IOException {
        // given
        Files.writeString(folder.resolve("token"), "first");
        Path kubeconfig = Files.writeString(folder.resolve("config"),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s"}}]
                users: [{name: u, user: {tokenFile: token}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(server.uri()));
        server.token = "first";
        datastore.close();
        datastore = new KubernetesDatastore(new ClusterAccess(new KubernetesSettings(kubeconfig, null, null, null, null,
                null, null, false, KubernetesSettings.ApiGroup.AUTO, null), Map.of(), folder),
                KubernetesSettings.ApiGroup.AUTO, SHORT);
        followed();
        // when
        Files.writeString(folder.resolve("token"), "second");
        server.token = "second";
        cluster.put(ResourceKind.BGP_PEER, "a", Map.of());
        until(() -> !server.watches(PEERS).isEmpty());
        until(() -> server.watches(PEERS).getLast().authorization().equals("Bearer second"));
        // then
        until(() -> told.of(ResourceKind.BGP_PEER).containsKey("a"));
        assertThat(told.calls("lost")).isEmpty();
    }

    @Test
    void a_token_that_is_not_valid_is_told_of_but_not_shown() {
        server.token = "right";
        datastore.close();
        datastore = new KubernetesDatastore(cluster.access(new Secret("wr0ng")), KubernetesSettings.ApiGroup.AUTO,
                SHORT);
        datastore.follow(told);
        until(() -> told.calls("lost").size() > 4);
        assertThat(told.calls("lost")).allMatch(reason -> reason.contains("answer 401"))
                .noneMatch(reason -> reason.contains("wr0ng"));
        assertThat(datastore.name()).isEqualTo("Kubernetes at " + server.uri());
    }

    private void put(CalicoApi api, String name) {
        server.objects.put(api.path(ResourceKind.BGP_PEER), name,
                JsonNodeFactory.instance.objectNode());
    }

    private void datastore(Timing timing) {
        if (datastore != null) {
            datastore.close();
        }
        datastore = new KubernetesDatastore(cluster.access(), KubernetesSettings.ApiGroup.AUTO,
                timing);
    }

    private void followed() {
        datastore.follow(told);
        until(told::isComplete);
    }
}
