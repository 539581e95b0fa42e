package io.tapetum.server.calico.kubernetes;

import static io.tapetum.server.calico.kubernetes.FollowingSuite.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import io.tapetum.server.calico.secret.SecretKeyring;
import io.tapetum.server.config.KubernetesSettings;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.TcpKey;

/** From Secrets at an API server to the keys that are valid. */
class KubernetesSecretsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRETS = "/api/v1/namespaces/kube-system/secrets";
    private static final KeyReference.InSecret ONE = new KeyReference.InSecret("kube-system", "one", "bgp");
    private static final KeyReference.InSecret TWO = new KeyReference.InSecret("kube-system", "two", "bgp");

    private static final Timing SHORT = new Timing(Duration.ofMillis(20), Duration.ofMillis(100),
            Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(100),
            Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMinutes(5));

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final @Nullable Level level = logger.getLevel();
    private FakeCluster cluster;
    private FakeApiServer server;
    private SecretKeyring ring;

    @BeforeEach
    void begin() throws IOException {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.TRACE);
        cluster = new FakeCluster(CalicoApi.CRD_V1);
        server = cluster.server;
        ring = ring(cluster.access());
    }

    private SecretKeyring ring(ClusterAccess access) {
        SecretKeyring made = new SecretKeyring(new KubernetesSecrets(access, SHORT), Duration.ofMinutes(5));
        made.whenChanged(told::add);
        return made;
    }

    @AfterEach
    void nobodySawAKey() {
        ring.close();
        cluster.close();
        logger.detachAppender(log);
        logger.setLevel(level);
        assertThat(log.list).extracting(event -> event.getFormattedMessage() + event.getKeyValuePairs())
                .noneMatch(KubernetesSecretsTest::showsAKey);
        assertThat(ring.problems()).noneMatch(KubernetesSecretsTest::showsAKey);
    }

    private static boolean showsAKey(String text) {
        return text.contains("swordfish") || text.contains(base64("swordfish").substring(0, 10));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void put(String name, String password) {
        ObjectNode secret = JSON.createObjectNode().put("kind", "Secret").put("type", "Opaque");
        secret.withObject("/metadata").withObject("annotations").put("kubectl.kubernetes.io/last-applied-configuration",
                "{\"data\": {\"bgp\": \"" + base64(password) + "\"}}");
        secret.withObject("/data").put("bgp", base64(password)).put("empty", "");
        server.objects.put(SECRETS, name, secret);
    }

    private void want(KeyReference.InSecret... references) {
        ring.want(Set.of(references));
    }

    private void untilValid(KeyReference.InSecret reference, String... passwords) {
        List<TcpKey> keys = List.of(passwords).stream().map(text -> TcpKey.of(text.getBytes(StandardCharsets.UTF_8)))
                .toList();
        until(() -> ring.valid(reference.toString()).equals(keys));
    }

    private void untilFollowed() {
        until(() -> !server.watches(SECRETS).isEmpty());
    }

    @Test
    void secrets_are_asked_for_by_name_and_only_when_somebody_wants_them() {
        put("one", "swordfish-1");
        put("two", "swordfish-2");
        assertThat(server.requests).isEmpty();

        want(ONE);
        untilValid(ONE, "swordfish-1");
        untilFollowed();

        assertThat(server.requests).extracting(FakeApiServer.Request::path).containsOnly(SECRETS);
        assertThat(server.requests).extracting(request -> request.query().get("fieldSelector"))
                .containsOnly("metadata.name=one");
        assertThat(ring.valid(TWO.toString())).isEmpty();
    }

    @Test
    void a_change_reaches_those_alone_who_have_that_key() {
        put("one", "swordfish-1");
        put("two", "swordfish-2");
        want(ONE, TWO);
        untilValid(ONE, "swordfish-1");
        untilValid(TWO, "swordfish-2");
        until(() -> told.size() == 2);
        told.clear();

        put("one", "swordfish-3");

        untilValid(ONE, "swordfish-3", "swordfish-1");
        untilValid(TWO, "swordfish-2");
        until(() -> told.equals(List.of(ONE.toString())));
    }

    @Test
    void a_secret_may_come_later_and_go_again() {
        want(ONE);
        until(() -> ring.problems().size() == 1);
        assertThat(ring.problems().getFirst()).contains("kube-system/one", "does not exist", "stay down until it does");

        put("one", "swordfish-1");
        untilValid(ONE, "swordfish-1");
        until(() -> ring.problems().isEmpty());

        server.objects.delete(SECRETS, "one");
        until(() -> ring.problems().size() == 1);
        assertThat(ring.problems().getFirst()).contains("does not exist", "the key of before stays in use");
        untilValid(ONE, "swordfish-1");
    }

    @Test
    void what_is_not_permitted_says_which_rule_is_missing_and_only_once() {
        server.refusals.put(SECRETS, 403);
        put("one", "swordfish-1");
        want(ONE);
        until(() -> server.lists(SECRETS).size() > 5);
        assertThat(ring.problems()).singleElement().asString().contains("cannot be read: their sessions stay down",
                "answer 403 (refused by the test)", "a Role in the namespace kube-system", "resources [secrets]",
                "resourceNames [one]", "verbs [get, list, watch]");
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.contains("403")).hasSize(1);

        server.refusals.clear();
        untilValid(ONE, "swordfish-1");
        until(() -> ring.problems().isEmpty());
    }

    @Test
    void an_outage_changes_nothing_and_what_it_hid_is_seen_afterwards() {
        put("one", "swordfish-1");
        want(ONE);
        untilValid(ONE, "swordfish-1");
        untilFollowed();

        cluster.cut();
        until(() -> ring.problems().size() == 1);
        assertThat(ring.problems().getFirst()).contains("cannot be read: the key of before stays in use");
        untilValid(ONE, "swordfish-1");

        put("one", "swordfish-2");
        cluster.mend();
        untilValid(ONE, "swordfish-2", "swordfish-1");
        until(() -> ring.problems().isEmpty());
    }

    @Test
    void what_is_too_old_to_go_on_from_is_listed_again() {
        put("one", "swordfish-1");
        want(ONE);
        untilValid(ONE, "swordfish-1");
        untilFollowed();

        cluster.cut();
        until(() -> ring.problems().size() == 1);
        put("one", "swordfish-2");
        server.objects.forget();
        cluster.mend();

        untilValid(ONE, "swordfish-2", "swordfish-1");
        assertThat(server.lists(SECRETS)).hasSize(2);
    }

    @Test
    void an_answer_that_is_no_secret_changes_nothing_and_is_not_quoted() {
        put("one", "swordfish-1");
        want(ONE);
        untilValid(ONE, "swordfish-1");
        untilFollowed();
        told.clear();

        for (String line : List.of("swordfish", "{\"type\": swordfish}",
                "{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{\"name\":\"one\"},\"data\":{\"bgp\":\"swordfish!\"}}}",
                "{\"type\":\"MODIFIED\",\"object\":{\"data\":{\"bgp\":\"" + base64("swordfish") + "\"}}}", "[]")) {
            until(() -> ring.problems().isEmpty());
            // A watch that was given up may get it before the one that took its place.
            until(() -> {
                server.interjections.put(SECRETS, line);
                return ring.problems().size() == 1;
            });
            server.interjections.clear();
        }

        until(() -> ring.problems().isEmpty());
        untilValid(ONE, "swordfish-1");
        assertThat(told).isEmpty();
    }

    @Test
    void a_secret_of_another_name_is_not_believed() {
        put("one", "swordfish-1");
        want(ONE);
        untilValid(ONE, "swordfish-1");
        untilFollowed();

        server.interjections.put(SECRETS, "{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{\"name\":\"two\","
                + "\"resourceVersion\":\"101\"},\"data\":{\"bgp\":\"" + base64("swordfish-2") + "\"}}}");
        put("one", "swordfish-3");

        untilValid(ONE, "swordfish-3", "swordfish-1");
    }

    @Test
    void beside_a_datastore_in_etcd_the_problem_says_what_to_configure(@TempDir Path folder) throws IOException {
        put("one", "swordfish-1");
        Path kubeconfig = folder.resolve("config");
        ring.close();
        ring = ring(access(kubeconfig, null, folder));
        want(ONE);
        until(() -> ring.problems().size() == 1);
        assertThat(ring.problems().getFirst()).contains("kube-system/one", "see datastore.kubernetes",
                "kubeconfig " + kubeconfig + " is not there");

        Files.writeString(kubeconfig, kubeconfig("{name: u, user: {}}"));
        untilValid(ONE, "swordfish-1");
        until(() -> ring.problems().isEmpty());
    }

    /** Here, of a user without a name. */
    @Test
    void a_fault_on_the_way_to_the_api_is_told_without_its_words_and_tried_again(@TempDir Path folder)
            throws IOException {
        put("one", "swordfish-1");
        Path kubeconfig = folder.resolve("config");
        Files.writeString(kubeconfig, kubeconfig("{name: u, user: {}}, {user: {}}"));
        ring.close();
        ring = ring(access(kubeconfig, null, folder));
        want(ONE);
        until(() -> ring.problems().size() == 1);
        assertThat(ring.problems().getFirst()).contains("kube-system/one", "see datastore.kubernetes",
                "java.lang.NullPointerException", "please report it").doesNotContain("because");

        Files.writeString(kubeconfig, kubeconfig("{name: u, user: {}}"));
        untilValid(ONE, "swordfish-1");
        until(() -> ring.problems().isEmpty());
    }

    private String kubeconfig(String users) {
        return """
               apiVersion: v1
               kind: Config
               clusters: [{name: c, cluster: {server: "%s"}}]
               users: [%s]
               contexts: [{name: x, context: {cluster: c, user: u}}]
               current-context: x
               """.formatted(server.uri(), users);
    }

    @Test
    void secrets_are_in_the_configured_namespace_or_that_of_the_pod_or_that_of_calico(@TempDir Path folder)
            throws IOException {
        assertThat(access(null, null, folder).secretsNamespace()).isEqualTo("kube-system");
        Files.writeString(folder.resolve("namespace"), "of-the-pod\n");
        assertThat(access(null, null, folder).secretsNamespace()).isEqualTo("of-the-pod");
        assertThat(access(null, "calico-system", folder).secretsNamespace()).isEqualTo("calico-system");
    }

    private static ClusterAccess access(@Nullable Path kubeconfig, @Nullable String namespace, Path serviceAccount) {
        return new ClusterAccess(new KubernetesSettings(kubeconfig, null, null, null, null, null, null, false,
                KubernetesSettings.ApiGroup.AUTO, namespace), Map.of(), serviceAccount);
    }
}
