package io.tapetum.server.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.openshift.api.model.monitoring.v1.PodMetricsEndpoint;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.DatastoreSettings;
import io.tapetum.server.config.ListenAddress;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.environment.CalicoEnvironment;

/** What is applied fits together, and to the program that runs in it. */
class ShippedManifestsTest {

    static final List<String> TOPOLOGIES = Shipped.TOPOLOGIES;

    private static final Path OPENAPI = Path.of("src/main/resources/io/tapetum/server/admin/api/openapi.json");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void every_field_exists(String topology) throws Exception {
        for (Manifest manifest : Shipped.expected(topology)) {
            assertThat(TypedModel.read(manifest).getMetadata().getName()).as(manifest.id()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rbac.yaml", "policies/network-policy.yaml"})
    void every_field_of_what_is_applied_by_itself_exists(String file) throws Exception {
        for (Manifest manifest : Shipped.file(file)) {
            assertThat(TypedModel.read(manifest).getMetadata().getName()).as(manifest.id()).isNotBlank();
        }
    }

    @Test
    void a_field_that_does_not_exist_would_be_noticed() {
        ObjectNode deployment = Manifest.only(Shipped.expected("base"), "Deployment").object().deepCopy();
        ((ObjectNode) deployment.at("/spec/template/spec/containers/0/livenessProbe/httpGet")).put("paht", "/livez");

        assertThatThrownBy(() -> TypedModel.read(new Manifest(deployment))).hasMessageContaining("paht");
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void everything_that_selects_pods_selects_these(String topology) throws Exception {
        List<Manifest> manifests = Shipped.expected(topology);
        DeploymentSpec deployment = deployment(manifests);
        Set<Map.Entry<String, String>> labels = deployment.getTemplate().getMetadata().getLabels().entrySet();
        PodSpec pods = deployment.getTemplate().getSpec();

        assertThat(labels).containsAll(deployment.getSelector().getMatchLabels().entrySet())
                .containsAll(TypedModel.read(Manifest.only(manifests, "PodDisruptionBudget"), PodDisruptionBudget.class)
                        .getSpec().getSelector().getMatchLabels().entrySet());
        assertThat(pods.getAffinity().getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution())
                .singleElement().satisfies(other -> {
                    assertThat(other.getTopologyKey()).isEqualTo("kubernetes.io/hostname");
                    assertThat(labels).containsAll(other.getLabelSelector().getMatchLabels().entrySet());
                });
        assertThat(pods.getTopologySpreadConstraints()).singleElement().satisfies(
                spread -> assertThat(labels).containsAll(spread.getLabelSelector().getMatchLabels().entrySet()));
        for (Manifest monitor : manifests.stream().filter(manifest -> manifest.kind().equals("PodMonitor")).toList()) {
            assertThat(labels).containsAll(TypedModel.read(monitor, PodMonitor.class).getSpec().getSelector()
                    .getMatchLabels().entrySet());
        }
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void the_program_takes_the_configuration_in_the_environment_of_the_pod(String topology) throws Exception {
        List<Manifest> manifests = Shipped.expected(topology);
        ServerSettings settings = settings(manifests);
        Container container = container(manifests);

        assertThat(settings.addresses().ipv4()).hasToString("/10.0.0.2");
        assertThat(settings.datastore().type()).isEqualTo(DatastoreSettings.Type.KUBERNETES);
        assertThat(settings.datastore().mode()).isEqualTo(DatastoreSettings.Mode.PEER_IP);
        assertThat(settings.datastore().template().connect()).isEqualTo(ConnectMode.PASSIVE);
        assertThat(port(container, "bgp").getContainerPort()).isEqualTo(port(container, "bgp").getHostPort())
                .isEqualTo(settings.listen().stream().map(ListenAddress::port).findFirst().orElseThrow());
    }

    @Test
    void the_other_reflectors_are_peers_on_the_port_on_which_they_listen() throws Exception {
        List<Manifest> manifests = Shipped.chart("racks");
        ServerSettings settings = settings(manifests);

        assertThat(settings.reflector().peers()).extracting(peer -> peer.address().getHostAddress())
                .containsExactly("10.0.0.3", "10.0.1.2", "10.0.1.3");
        assertThat(settings.reflector().peers()).allSatisfy(peer -> assertThat(peer.port())
                .isEqualTo(settings.listen().getFirst().port()));
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void probes_ask_what_the_api_has_where_and_as_the_endpoint_answers(String topology) throws Exception {
        List<Manifest> manifests = Shipped.expected(topology);
        AdminSettings admin = settings(manifests).admin();
        ListenAddress listen = Objects.requireNonNull(admin.listen());
        Set<String> paths = new HashSet<>();
        new ObjectMapper().readTree(OPENAPI.toFile()).get("paths").fieldNames().forEachRemaining(paths::add);
        Container container = container(manifests);

        Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .map(Probe::getHttpGet).forEach(get -> {
                    assertThat(paths).contains(get.getPath());
                    assertThat(get.getPort().getIntVal()).isEqualTo(listen.port());
                    assertThat(get.getHost()).isEqualTo("127.0.0.1");
                    assertThat(listen.address().isLoopbackAddress() || listen.address().isAnyLocalAddress()).isTrue();
                    assertThat(get.getScheme()).isEqualTo(admin.tls() == null ? "HTTP" : "HTTPS");
                });
        assertThat(List.of(container.getStartupProbe().getHttpGet().getPath(),
                container.getLivenessProbe().getHttpGet().getPath(),
                container.getReadinessProbe().getHttpGet().getPath()))
                .containsExactly("/startupz", "/livez", "/readyz");
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void a_rollout_takes_one_at_a_time_and_waits_longer_than_a_reflector_for_its_peers(String topology)
            throws Exception {
        List<Manifest> manifests = Shipped.expected(topology);
        DeploymentSpec deployment = deployment(manifests);
        Container container = container(manifests);
        long deferral = ConfigFactory.parseResources("reference.conf").resolve()
                .getDuration("tapetum.restart-deferral").toSeconds();
        long start = (long) container.getStartupProbe().getPeriodSeconds()
                * container.getStartupProbe().getFailureThreshold();

        assertThat(deployment.getStrategy().getRollingUpdate().getMaxSurge().getIntVal()).isZero();
        assertThat(deployment.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal()).isOne();
        assertThat(TypedModel.read(Manifest.only(manifests, "PodDisruptionBudget"), PodDisruptionBudget.class)
                .getSpec().getMaxUnavailable().getIntVal()).isOne();
        assertThat(deferral).isPositive();
        assertThat(start).isGreaterThan(deferral);
        assertThat((long) deployment.getProgressDeadlineSeconds())
                .isGreaterThan(start + deferral + deployment.getMinReadySeconds());
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void whatever_is_mounted_is_there(String topology) throws Exception {
        List<Manifest> manifests = Shipped.expected(topology);
        List<Volume> volumes = deployment(manifests).getTemplate().getSpec().getVolumes();

        assertThat(container(manifests).getVolumeMounts()).allSatisfy(
                mount -> assertThat(mount.getReadOnly()).isTrue()).extracting(VolumeMount::getName)
                .containsExactlyInAnyOrderElementsOf(volumes.stream().map(Volume::getName).toList());
        assertThat(volumes).filteredOn(volume -> volume.getConfigMap() != null).singleElement().satisfies(
                volume -> assertThat(volume.getConfigMap().getName())
                        .isEqualTo(Manifest.only(manifests, "ConfigMap").name()));
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void the_process_has_no_more_rights_than_it_needs(String topology) throws Exception {
        List<Manifest> manifests = Shipped.expected(topology);
        PodSpec pod = deployment(manifests).getTemplate().getSpec();
        Container container = container(manifests);

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getSecurityContext().getCapabilities().getAdd()).containsExactly("NET_BIND_SERVICE");
        assertThat(container.getResources().getLimits()).containsOnlyKeys("memory");
        assertThat(container.getResources().getRequests()).containsEntry("memory",
                Objects.requireNonNull(container.getResources().getLimits().get("memory"), Quantity.class::getName));
    }

    @ParameterizedTest
    @FieldSource("TOPOLOGIES")
    void the_account_may_list_and_watch_what_the_datastore_reads_and_nothing_else(String topology) throws Exception {
        ClusterRole role = TypedModel.read(Manifest.only(Shipped.expected(topology), "ClusterRole"),
                ClusterRole.class);

        assertThat(role.getRules()).allSatisfy(
                rule -> assertThat(rule.getVerbs()).containsExactly("get", "list", "watch"));
        assertThat(role.getRules().stream().map(PolicyRule::getResources).flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        ResourceKind.RESOURCES.stream().map(ResourceKind::plural).toList());
        assertThat(role.getRules().stream().filter(rule -> !rule.getResources().contains("nodes"))
                .map(PolicyRule::getApiGroups)).containsExactly(List.of("crd.projectcalico.org", "projectcalico.org"));
    }

    @Test
    void pods_with_passwords_may_do_what_a_reflector_outside_of_the_cluster_may() {
        List<Manifest> outside = Shipped.file("rbac.yaml");
        Set<String> ids = outside.stream().map(Manifest::id).collect(Collectors.toSet());
        Stream<Manifest> pods = Shipped.expected("with-passwords").stream()
                .filter(manifest -> ids.contains(manifest.id()));

        assertThat(withoutLabels(pods)).isEqualTo(withoutLabels(outside.stream()));
    }

    private static List<String> withoutLabels(Stream<Manifest> manifests) {
        return Manifest.meanings(manifests.map(manifest -> {
            ObjectNode copy = manifest.object().deepCopy();
            ((ObjectNode) copy.get("metadata")).remove("labels");
            return new Manifest(copy);
        }));
    }

    @Test
    void the_secrets_that_may_be_read_are_those_that_the_bgp_peers_name_in_the_namespace_that_is_asked()
            throws Exception {
        List<Manifest> manifests = Shipped.expected("with-passwords");
        Role role = TypedModel.read(Manifest.only(manifests, "Role"), Role.class);

        assertThat(role.getRules().getFirst().getResourceNames()).isSubsetOf(
                Shipped.file("bgppeers/with-passwords.yaml").stream()
                        .map(peer -> peer.at("/spec/password/secretKeyRef/name").asText()).toList());
        assertThat(settings(manifests).datastore().kubernetes().secretsNamespace())
                .isEqualTo(role.getMetadata().getNamespace());
    }

    @Test
    void prometheus_asks_with_a_token_that_may_only_look_and_for_a_certificate_that_is_mounted() throws Exception {
        List<Manifest> manifests = Shipped.expected("with-monitoring");
        AdminSettings admin = settings(manifests).admin();
        PodMetricsEndpoint endpoint = TypedModel.read(Manifest.only(manifests, "PodMonitor"), PodMonitor.class)
                .getSpec().getPodMetricsEndpoints().getFirst();
        String secret = deployment(manifests).getTemplate().getSpec().getVolumes().stream()
                .filter(volume -> volume.getSecret() != null).findFirst().orElseThrow().getSecret().getSecretName();

        assertThat(port(container(manifests), endpoint.getPort()).getContainerPort())
                .isEqualTo(Objects.requireNonNull(admin.listen()).port());
        assertThat(endpoint.getAuthorization().getCredentials().getName()).isEqualTo(secret);
        assertThat(endpoint.getTlsConfig().getCa().getSecret().getName()).isEqualTo(secret);
        assertThat(admin.tokens()).filteredOn(token -> token.source().toString()
                .endsWith("/" + endpoint.getAuthorization().getCredentials().getKey())).singleElement()
                .satisfies(token -> assertThat(token.scope()).isEqualTo(AdminSettings.Scope.READ));
    }

    private static DeploymentSpec deployment(List<Manifest> manifests) throws JsonProcessingException {
        return TypedModel.read(Manifest.only(manifests, "Deployment"), Deployment.class).getSpec();
    }

    private static Container container(List<Manifest> manifests) throws JsonProcessingException {
        return deployment(manifests).getTemplate().getSpec().getContainers().getFirst();
    }

    private static ContainerPort port(Container container, String name) {
        return container.getPorts().stream().filter(port -> port.getName().equals(name)).findFirst().orElseThrow();
    }

    /** What the program makes of the ConfigMap, with the Secret of the admin endpoint mounted where the test may write. */
    private ServerSettings settings(List<Manifest> manifests) throws Exception {
        Path secret = Files.createDirectories(folder.resolve("secret"));
        for (String key : List.of("tls.crt", "tls.key", "prometheus.token", "operator.token")) {
            Files.writeString(secret.resolve(key), "there is something in it");
        }
        Container container = container(manifests);
        Path mount = Files.createDirectories(folder.resolve("config"));
        Manifest.only(manifests, "ConfigMap").at("/data").properties().forEach(file -> write(mount.resolve(file
                .getKey()), file.getValue().asText().replace("/etc/tapetum-admin", secret.toString())));

        assertThat(container.getArgs()).startsWith("run", "--config");
        Path argument = Path.of(container.getArgs().getLast());
        assertThat(argument).hasParentRaw(Path.of(container.getVolumeMounts().getFirst().getMountPath()));
        return Configuration.load(mount.resolve(argument.getFileName()), CalicoEnvironment.of(environment(container)))
                .settings();
    }

    private static Map<String, String> environment(Container container) {
        Map<String, String> environment = new HashMap<>();
        container.getEnv().forEach(variable -> environment.put(variable.getName(),
                variable.getValueFrom() == null
                        ? variable.getValue()
                        : address(variable.getValueFrom().getFieldRef()
                                .getFieldPath())));
        return environment;
    }

    private static String address(String field) {
        assertThat(field).isEqualTo("status.hostIP");
        return "10.0.0.2";
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
