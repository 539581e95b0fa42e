package io.tapetum.server.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.DatastoreSettings;
import io.tapetum.server.config.DatastoreSettings.Mode;
import io.tapetum.server.config.EffectiveConfiguration;
import io.tapetum.server.config.EffectiveValue;
import io.tapetum.server.config.KubernetesSettings;
import io.tapetum.server.config.KubernetesSettings.ApiGroup;
import io.tapetum.server.config.Problem;
import io.tapetum.server.config.Secret;
import io.tapetum.server.config.ServerSettings;

/** What the environment of a calico/routereflector comes to, without a file and beside one. */
class CalicoEnvironmentTest {

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void say_who_the_reflector_is() {
        environment.put("IP", "10.0.0.2");
    }

    private EffectiveConfiguration effective() throws ConfigurationException {
        return Configuration.withoutFile(CalicoEnvironment.of(environment));
    }

    private ServerSettings settings() throws ConfigurationException {
        return effective().settings();
    }

    private DatastoreSettings datastore() throws ConfigurationException {
        return settings().datastore();
    }

    private ServerSettings beside(String file) throws ConfigurationException, IOException {
        return Configuration.load(Files.writeString(folder.resolve("tapetum.conf"), "tapetum {\n" + file + "\n}"),
                CalicoEnvironment.of(environment)).settings();
    }

    private List<String> problems() {
        ConfigurationException wrong = catchThrowableOfType(ConfigurationException.class, this::settings);
        return wrong == null ? List.of() : wrong.problems().stream().map(Problem::toString).toList();
    }

    private String file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "-----BEGIN").toString();
    }

    private void set(String text) {
        for (String assignment : text.strip().split(" +")) {
            int equals = assignment.indexOf('=');
            environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
    }

    @Test
    void an_address_alone_makes_a_reflector_for_the_kubernetes_cluster_around_it() throws Exception {
        ServerSettings settings = settings();

        assertThat(settings.reflector().routerId()).isEqualTo(0x0A000002);
        assertThat(settings.addresses().ipv4()).hasToString("/10.0.0.2");
        assertThat(settings.addresses().ipv6()).isNull();
        assertThat(settings.listen()).extracting(Object::toString).containsExactly("*:179");
        assertThat(settings.datastore().type()).isEqualTo(DatastoreSettings.Type.KUBERNETES);
        assertThat(settings.datastore().mode()).isEqualTo(Mode.PEER_IP);
        assertThat(settings.datastore().clusterId()).isNull();
        assertThat(settings.datastore().as()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KUBECONFIG=/no/such/file", "ETCD_ENDPOINTS=nonsense:nonsense", "NODENAME=me",
            "IP= IP6= KUBECONFIG=/no/such/file", "CLUSTER_ID=1.0.0.1", "CALICO_IP= K8S_API_ENDPOINT=x"})
    void a_variable_that_does_not_say_who_the_reflector_is_changes_nothing(String text) throws Exception {
        environment.remove("IP");
        set(text);

        assertThat(CalicoEnvironment.of(environment).isEmpty()).isTrue();
        assertThat(settings()).isEqualTo(Configuration.withoutFile(CalicoEnvironment.of(Map.of())).settings());
    }

    @ParameterizedTest
    @CsvSource({"IP6=", "IP6=\"\"", "' IP6= '"})
    void an_empty_ipv6_address_switches_ipv6_off(String text) throws Exception {
        environment.put("IP6", text.strip().substring(4));

        assertThat(settings().addresses().ipv6()).isNull();
        assertThat(effective().values()).contains(
                new EffectiveValue("addresses.ipv6", effective().values().stream()
                        .filter(value -> value.key().equals("addresses.ipv6")).findFirst().orElseThrow().value(),
                        "environment variable IP6"));
    }

    @Test
    void both_families_have_an_address() throws Exception {
        set("IP6=fd00::2");

        assertThat(settings().addresses().ipv6()).hasToString("/fd00:0:0:0:0:0:0:2");
        assertThat(settings().reflector().routerId()).isEqualTo(0x0A000002);
    }

    @ParameterizedTest
    @CsvSource({
            "'',                                             KUBERNETES", "DATASTORE_TYPE=kubernetes,   KUBERNETES",
            "DATASTORE_TYPE=KUBERNETES ETCD_ENDPOINTS=a:1,   KUBERNETES", "ETCD_ENDPOINTS=a:1,          ETCD_V3",
            "ETCD_AUTHORITY=a:1,                             ETCD_V2", "ETCD_AUTHORITY=a:1 ETCD_ENDPOINTS=b:1, ETCD_V3",
            "DATASTORE_TYPE=etcdv3 ETCD_AUTHORITY=a:1,       ETCD_V3",
            "DATASTORE_TYPE=EtcdV3 ETCD_ENDPOINTS=a:1, ETCD_V3",
            "DATASTORE_TYPE=etcdv2 ETCD_ENDPOINTS=a:1,       ETCD_V2",
            "DATASTORE_TYPE=etcd ETCD_ENDPOINTS=a:1, ETCD_V3",
            "DATASTORE_TYPE=etcd ETCD_AUTHORITY=a:1,         ETCD_V2",
            "CALICO_DATASTORE_TYPE=kubernetes ETCD_ENDPOINTS=a:1, KUBERNETES",
            "DATASTORE_TYPE=etcdv3 ETCD_DISCOVERY_SRV=a.org, ETCD_V3"})
    void the_datastore_follows_from_the_variables_that_are_there(String text, DatastoreSettings.Type expected)
            throws Exception {
        if (!text.isEmpty()) {
            set(text);
        }

        assertThat(datastore().type()).isEqualTo(expected);
        assertThat(datastore().legacyKeys()).isEqualTo(expected == DatastoreSettings.Type.ETCD_V2
                ? DatastoreSettings.LegacyKeys.ALL
                : DatastoreSettings.LegacyKeys.NONE);
    }

    @Test
    void legacy_keys_in_the_third_version_of_etcd_are_asked_for() throws Exception {
        set("ETCD_ENDPOINTS=http://a:2379 LEGACY_KEYS=true");

        assertThat(datastore().type()).isEqualTo(DatastoreSettings.Type.ETCD_V3);
        assertThat(datastore().legacyKeys()).isEqualTo(DatastoreSettings.LegacyKeys.ALL);
    }

    @ParameterizedTest
    @CsvSource({"'ETCD_ENDPOINTS=https://a:2379,b:2380,', 'https://a:2379 http://b:2380'",
            "ETCD_AUTHORITY=a:4001, http://a:4001", "ETCD_AUTHORITY=a:4001 ETCD_SCHEME=HTTPS, https://a:4001",
            "ETCD_AUTHORITY=a:4001 ETCD_ENDPOINTS=http://b:2379 ETCD_SCHEME=nonsense, http://b:2379",
            "CALICO_ETCD_ENDPOINTS=http://c:1 ETCD_ENDPOINTS=http://b:2379, http://c:1",
            "ETCD_ENDPOINTS=\"http://quoted:2379\", http://quoted:2379"})
    void etcd_is_where_the_variables_say(String text, String expected) throws Exception {
        set(text);

        assertThat(datastore().etcd().endpoints()).extracting(URI::toString).containsExactly(expected.split(" "));
    }

    @Test
    void etcd_may_want_certificates_and_a_password() throws Exception {
        environment.putAll(Map.of("ETCD_ENDPOINTS", "a:2379", "ETCD_CA_CERT_FILE", file("ca"), "ETCD_CERT_FILE",
                file("cert"), "CALICO_ETCD_KEY_FILE", file("key"), "ETCD_USERNAME", "calico", "ETCD_PASSWORD", " p "));

        assertThat(datastore().etcd()).satisfies(etcd -> {
            assertThat(etcd.endpoints()).containsExactly(URI.create("https://a:2379"));
            assertThat(etcd.caFile()).isEqualTo(folder.resolve("ca"));
            assertThat(etcd.certFile()).isEqualTo(folder.resolve("cert"));
            assertThat(etcd.keyFile()).isEqualTo(folder.resolve("key"));
            assertThat(etcd.username()).isEqualTo("calico");
            assertThat(etcd.password()).isEqualTo(new Secret(" p "));
        });
    }

    @Test
    void kubernetes_is_where_the_variables_say() throws Exception {
        environment.putAll(Map.of("KUBECONFIG", file("config"), "K8S_CURRENT_CONTEXT", "prod", "K8S_API_ENDPOINT",
                "https://k:6443", "K8S_CERT_FILE", file("cert"), "K8S_KEY_FILE", file("key"), "K8S_CA_FILE",
                file("ca"), "K8S_API_TOKEN", "t", "K8S_INSECURE_SKIP_TLS_VERIFY", "TRUE", "CALICO_API_GROUP",
                "crd.projectcalico.org/v1"));
        set("NAMESPACE=calico-system");

        assertThat(datastore().kubernetes()).isEqualTo(new KubernetesSettings(folder.resolve("config"), "prod",
                URI.create("https://k:6443"), folder.resolve("cert"), folder.resolve("key"), folder.resolve("ca"),
                new Secret("t"), true, ApiGroup.CRD_V1, "calico-system"));
    }

    @Test
    void beside_etcd_the_api_that_has_the_secrets_is_found_as_calico_finds_it() throws Exception {
        set("ETCD_ENDPOINTS=a:1 KUBECONFIG=/may/come/later K8S_API_ENDPOINT=https://k:6443 NAMESPACE=calico-system");

        assertThat(datastore().kubernetes()).satisfies(kubernetes -> {
            assertThat(kubernetes.kubeconfig()).isEqualTo(Path.of("/may/come/later"));
            assertThat(kubernetes.endpoint()).isNull();
            assertThat(kubernetes.secretsNamespace()).isEqualTo("calico-system");
        });
    }

    @Test
    void a_node_name_makes_the_reflector_that_node() throws Exception {
        set("NODENAME=rr-1");

        assertThat(datastore().mode()).isEqualTo(Mode.NODE);
        assertThat(datastore().nodeName()).isEqualTo("rr-1");
    }

    @Test
    void a_cluster_id_is_one_that_the_configuration_names() throws Exception {
        set("CLUSTER_ID=1.0.0.1");

        assertThat(settings().reflector().clusterId()).isEqualTo(0x01000001);
        assertThat(datastore().clusterId()).isEqualTo(0x01000001);
    }

    @Test
    void the_other_reflectors_are_peers_but_no_clients() throws Exception {
        set("IP6=fd00::2 RR_IP_ADDRS=10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.1 RR_IP6_ADDRS=fd00:0::2,fd00::3");

        assertThat(settings().reflector().peers()).allSatisfy(peer -> {
            assertThat(peer.template().role()).isEqualTo(PeerRole.NON_CLIENT);
            assertThat(peer.template().connect()).isEqualTo(ConnectMode.ACTIVE);
        }).extracting(peer -> peer.name() + " from " + peer.localAddress()).containsExactly(
                "10.0.0.1 from /10.0.0.2", "10.0.0.3 from /10.0.0.2",
                "fd00:0:0:0:0:0:0:3 from /fd00:0:0:0:0:0:0:2");
    }

    @Test
    void there_is_no_mesh_in_a_family_without_an_address() throws Exception {
        set("IP6= RR_IP6_ADDRS=fd00::2,fd00::3");

        assertThat(settings().reflector().peers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Debug, DEBUG", "warning, WARN", "FATAL, ERROR", "none, ERROR", "info, INFO"})
    void the_log_level_is_calicos(String level, String expected) throws Exception {
        set("BGP_LOGSEVERITYSCREEN=" + level);

        assertThat(settings().log().level()).hasToString(expected);
    }

    @Test
    void the_prefix_of_calico_wins_and_is_named() throws Exception {
        set("CALICO_IP=10.0.0.9 CALICO_IP6=");

        assertThat(settings().reflector().routerId()).isEqualTo(0x0A000009);
        assertThat(effective().values()).filteredOn(value -> value.key().equals("addresses.ipv4")).singleElement()
                .extracting(EffectiveValue::source).isEqualTo("environment variable CALICO_IP");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            IP=autodetect                                   | variable IP: tapetum.addresses.ipv4 = "autodetect": expected the IPv4
                                            IP6=10.0.0.1                                    | variable IP6: tapetum.addresses.ipv6 = "10.0.0.1": expected the IPv6
                                            DATASTORE_TYPE=consul                           | variable DATASTORE_TYPE: DATASTORE_TYPE = "consul": expected kubernetes, etcdv3 or etcdv2
                                            DATASTORE_TYPE=etcdv3                           | variable DATASTORE_TYPE: tapetum.datastore.type = "etcd-v3": expected etcd.endpoints or etcd.discovery-srv (in the environment ETCD_ENDPOINTS
                                            ETCD_ENDPOINTS=http://a:b                       | variable ETCD_ENDPOINTS: tapetum.datastore.etcd.endpoints[0] = "http://a:b": expected an endpoint
                                            ETCD_ENDPOINTS=a:1 ETCD_DISCOVERY_SRV=b.org     | variable ETCD_DISCOVERY_SRV: tapetum.datastore.etcd.discovery-srv = "b.org": expected either
                                            ETCD_AUTHORITY=http://a:1                       | variable ETCD_AUTHORITY: ETCD_AUTHORITY = "http://a:1": expected host:port
                                            ETCD_AUTHORITY=a:1 ETCD_SCHEME=ftp              | variable ETCD_SCHEME: ETCD_SCHEME = "ftp": expected http or https
                                            ETCD_ENDPOINTS=a:1 ETCD_CERT_FILE=/no/such      | variable ETCD_CERT_FILE: tapetum.datastore.etcd.cert-file = "/no/such": expected
                                            KUBECONFIG=/no/such                             | variable KUBECONFIG: tapetum.datastore.kubernetes.kubeconfig = "/no/such": expected a file
                                            K8S_INSECURE_SKIP_TLS_VERIFY=yes                | K8S_INSECURE_SKIP_TLS_VERIFY = "yes": expected true or false
                                            CALICO_API_GROUP=v3                             | variable CALICO_API_GROUP: tapetum.datastore.kubernetes.api-group = "v3": expected one of
                                            CLUSTER_ID=rack-1                               | variable CLUSTER_ID: tapetum.cluster-id = "rack-1": expected
                                            RR_IP_ADDRS=rr-1                                | variable RR_IP_ADDRS: tapetum.peers[0].address = "rr-1": expected
                                            BGP_LOGSEVERITYSCREEN=loud                      | variable BGP_LOGSEVERITYSCREEN: BGP_LOGSEVERITYSCREEN = "loud": expected trace, debug, info
                                            ETCD_ENDPOINTS=a:1 LEGACY_KEYS=perhaps          | variable LEGACY_KEYS: tapetum.datastore.legacy-keys = "perhaps": expected one of false, reflectors, true
                                            """)
    void a_value_that_cannot_be_understood_is_named_by_its_variable(String text, String expected) {
        set(text);

        assertThat(problems()).isNotEmpty().anySatisfy(problem -> assertThat(problem).contains(expected))
                .allSatisfy(problem -> assertThat(problem).startsWith("environment variable "));
    }

    /** As a container engine reads the file, which takes no quotes away; the certificates are some that exist. */
    @Test
    void the_example_of_an_old_environment_is_understood() throws Exception {
        String certificate = file("cert");
        Files.readAllLines(Path.of("..", "config", "calico-routereflector.env")).stream()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .forEach(line -> set(line.replaceAll("=/etc/.*", "=" + certificate)));

        assertThat(settings().addresses().ipv6()).isNull();
        assertThat(datastore().type()).isEqualTo(DatastoreSettings.Type.ETCD_V3);
        assertThat(datastore().etcd().endpoints()).hasSize(3);
        assertThat(datastore().etcd().keyFile()).hasToString(certificate);
    }

    @Test
    void an_address_that_cannot_be_understood_is_the_only_problem() {
        set("IP=10.0.0.2/24");

        assertThat(problems()).singleElement().asString().startsWith("environment variable IP: ");
    }

    @Test
    void a_datastore_without_an_address_is_no_reflector() {
        environment.remove("IP");
        set("DATASTORE_TYPE=kubernetes IP6=");

        assertThat(problems()).satisfiesExactlyInAnyOrder(
                id -> assertThat(id).startsWith("the environment: tapetum.router-id is missing").contains("IP"),
                address -> assertThat(address).startsWith("environment variable DATASTORE_TYPE: ")
                        .contains("IP or IP6"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETCD_ENDPOINTS=http://root:hunter2@etcd:2379",
            "ETCD_AUTHORITY=http://root:hunter2@etcd:2379",
            "K8S_API_ENDPOINT=https://root:hunter2@kube", "ETCD_ENDPOINTS=a:1 ETCD_PASSWORD=hunter2"})
    void no_problem_shows_a_secret(String text) {
        set(text);

        assertThat(problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ETCD_CA_CERT_FILE=/no/such ETCD_SCHEME=ftp", "LEGACY_KEYS=perhaps LEGACY_KEYS=true",
            "DATASTORE_TYPE=kubernetes ETCD_ENDPOINTS=nonsense:nonsense ETCD_DISCOVERY_SRV=x ETCD_PASSWORD=x",
            "DATASTORE_TYPE=kubernetes LEGACY_KEYS=true", "ETCD_ENDPOINTS=a:1 KUBECONFIG=/no/such K8S_API_ENDPOINT=x",
            "CALICO_ROUTER_ID=hash FELIX_LOGSEVERITYSCREEN=loud", "K8S_CA_FILE= K8S_API_TOKEN=x"})
    void what_is_not_used_is_never_wrong(String text) {
        set(text);

        assertThat(problems()).isEmpty();
    }

    @Test
    void the_file_counts_before_the_environment_and_that_before_the_defaults() throws Exception {
        set("CLUSTER_ID=1.0.0.1 DATASTORE_TYPE=nonsense BGP_LOGSEVERITYSCREEN=loud RR_IP_ADDRS=nobody");

        ServerSettings settings = beside("""
                                         addresses.ipv4 = 10.0.0.7
                                         datastore.type = kubernetes
                                         log.level = warn
                                         peers = []
                                         """);

        assertThat(settings.reflector().routerId()).isEqualTo(0x0A000007);
        assertThat(settings.reflector().clusterId()).isEqualTo(0x01000001);
        assertThat(settings.reflector().as()).isEqualTo(64512);
        assertThat(settings.log().level()).hasToString("WARN");
        assertThat(settings.datastore().type()).isEqualTo(DatastoreSettings.Type.KUBERNETES);
    }

    @Test
    void one_way_to_a_datastore_in_the_file_hides_the_other_in_the_environment() throws Exception {
        set("KUBECONFIG=/no/such ETCD_ENDPOINTS=nonsense:nonsense DATASTORE_TYPE=etcdv3");

        assertThat(beside("datastore { type = kubernetes, kubernetes.endpoint = \"https://k:6443\" }").datastore()
                .kubernetes()).satisfies(kubernetes -> {
                    assertThat(kubernetes.kubeconfig()).isNull();
                    assertThat(kubernetes.endpoint()).isEqualTo(URI.create("https://k:6443"));
                });
        assertThat(beside("datastore.etcd.discovery-srv = example.org").datastore().etcd()).satisfies(etcd -> {
            assertThat(etcd.endpoints()).isEmpty();
            assertThat(etcd.discoverySrv()).isEqualTo("example.org");
        });
    }

    @Test
    void a_file_can_do_without_the_datastore_of_the_environment() throws Exception {
        set("ETCD_ENDPOINTS=nonsense:nonsense LEGACY_KEYS=perhaps");

        assertThat(beside("datastore.type = none").datastore().type()).isEqualTo(DatastoreSettings.Type.NONE);
    }
}
