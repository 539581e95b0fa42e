package io.tapetum.server.calico.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.config.KubernetesSettings;
import io.tapetum.server.config.Secret;

/**
 * {@link FollowingSuite} with a real API server, and with no more permissions than {@code config/kubernetes/rbac.yaml}
 * gives. What it creates, it removes; what was there before, it leaves alone.
 */
class KubernetesRealIT extends FollowingSuite {

    private static final String NAME = "tapetum-test-" + Long.toHexString(System.nanoTime()) + "-";

    /** What is to be removed, latest first. */
    private static final Deque<HasMetadata> CREATED = new ArrayDeque<>();

    private static KubernetesClient administrator;
    private static CalicoApi api;
    private static Secret token;

    @BeforeAll
    static void prepare() throws IOException {
        String kubeconfig = System.getenv("KUBECONFIG");
        assumeTrue("real".equals(System.getProperty("tapetum.kubernetes")) && kubeconfig != null,
                "needs -Dtapetum.kubernetes=real and a KUBECONFIG in the environment, of a cluster that is for tests");
        administrator = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Path.of(Objects.requireNonNull(kubeconfig)).toFile())).build();
        api = administrator.hasApiGroup("projectcalico.org", true)
                && !administrator.hasApiGroup("crd.projectcalico.org", true)
                        ? CalicoApi.PROJECTCALICO_V3
                        : CalicoApi.CRD_V1;
        createDefinitions(api);
        create(Files.newInputStream(Path.of("..", "config", "kubernetes", "rbac.yaml")));
        token = new Secret(administrator.serviceAccounts().inNamespace("kube-system").withName("tapetum")
                .tokenRequest(new TokenRequest()).getStatus().getToken());
    }

    @AfterAll
    static void remove() {
        if (administrator != null) {
            CREATED.forEach(object -> administrator.resource(object).delete());
            administrator.close();
        }
    }

    @Override
    Cluster cluster() throws IOException {
        return new RealCluster(administrator, api, token);
    }

    @Test
    void the_account_may_read_nothing_else() throws Exception {
        try (Cluster cluster = cluster(); ApiServer server = new ApiServer(cluster.access(), Duration.ofSeconds(15))) {
            assertThat(ApiServer.json(server.octets("/api/v1/nodes?limit=1", ApiServer.JSON)).path("kind").asText())
                    .isEqualTo("NodeList");
            assertThat(refusal(server, "/api/v1/secrets")).isEqualTo(403);
            assertThat(refusal(server, "/api/v1/pods")).isEqualTo(403);
        }
    }

    @Test
    void resources_are_followed_from_one_group_to_the_other() throws Exception {
        assumeTrue(CREATED.stream().anyMatch(object -> object.getMetadata().getName().equals("bgppeers." + api.group()))
                && api == CalicoApi.CRD_V1, "needs a cluster in which Calico is not installed");
        Timing often = new Timing(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(15),
                Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMillis(200), Duration.ofSeconds(1),
                Duration.ofSeconds(1), Duration.ofMinutes(5));
        try (Cluster older = cluster();
                Cluster newer = new RealCluster(administrator, CalicoApi.PROJECTCALICO_V3, token);
                KubernetesDatastore datastore = new KubernetesDatastore(older.access(),
                        KubernetesSettings.ApiGroup.AUTO, often)) {
            // given the older one
            older.put(ResourceKind.BGP_PEER, NAME + "older", Map.of());
            datastore.follow(told);
            until(told::isComplete);
            // when there are both
            createDefinitions(CalicoApi.PROJECTCALICO_V3);
            newer.put(ResourceKind.BGP_PEER, NAME + "newer", Map.of());
            older.put(ResourceKind.BGP_PEER, NAME + "second", Map.of());
            until(() -> told.of(ResourceKind.BGP_PEER).containsKey(NAME + "second"));
            // then
            assertThat(told.of(ResourceKind.BGP_PEER)).doesNotContainKey(NAME + "newer");
            // when only the newer one is left
            removeDefinitions(CalicoApi.CRD_V1);
            // then
            until(() -> told.of(ResourceKind.BGP_PEER).containsKey(NAME + "newer"));
            until(() -> told.calls().getLast().equals("regained") || told.calls("lost").isEmpty());
            assertThat(told.of(ResourceKind.BGP_PEER)).containsOnlyKeys(NAME + "newer");
        } finally {
            removeDefinitions(CalicoApi.PROJECTCALICO_V3);
            createDefinitions(CalicoApi.CRD_V1);
        }
    }

    private static int refusal(ApiServer server, String path) throws IOException, InterruptedException {
        try {
            server.octets(path, ApiServer.JSON);
            return 200;
        } catch (ApiException e) {
            return e.code();
        }
    }

    private static void createDefinitions(CalicoApi of) {
        create(KubernetesRealIT.class.getResourceAsStream(of.group() + ".yaml"));
        for (ResourceKind kind : ResourceKind.RESOURCES) {
            if (kind != ResourceKind.NODE) {
                until(() -> administrator.raw(of.path(kind)) != null);
            }
        }
    }

    private static void removeDefinitions(CalicoApi of) {
        List<HasMetadata> gone = CREATED.stream()
                .filter(object -> object.getMetadata().getName().endsWith("s." + of.group())).toList();
        gone.forEach(object -> administrator.resource(object).delete());
        CREATED.removeAll(gone);
        gone.forEach(object -> until(() -> administrator.resource(object).get() == null));
    }

    private static void create(InputStream yaml) {
        for (HasMetadata object : administrator.load(yaml).items()) {
            if (administrator.resource(object).get() == null) {
                CREATED.addFirst(administrator.resource(object).create());
            }
        }
    }
}
