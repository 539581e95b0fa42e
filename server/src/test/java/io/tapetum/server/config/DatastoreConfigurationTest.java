package io.tapetum.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.config.DatastoreSettings.Mode;
import io.tapetum.server.config.KubernetesSettings.ApiGroup;

/** Which datastore a configuration names, and which contradictions it may not have. */
class DatastoreConfigurationTest {

    private static final String KUBERNETES = "addresses.ipv4 = 10.0.0.1, datastore.type = kubernetes\n";
    private static final String ETCD = "addresses.ipv4 = 10.0.0.1, datastore.type = etcd-v3\n";

    @TempDir
    private Path folder = Path.of("");

    private DatastoreSettings load(String text) throws ConfigurationException {
        return ConfigurationFile.with(folder, text).load().datastore();
    }

    private String pem(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "-----BEGIN").toString();
    }

    @Test
    void every_key_of_kubernetes_arrives_where_it_belongs() throws Exception {
        DatastoreSettings datastore = load(KUBERNETES + """
                                                        datastore {
                                                          mode = node, node-name = rr-1, group = nodes
                                                          kubernetes {
                                                            kubeconfig = "%1$s", context = prod
                                                            endpoint = "https://10.0.0.9:6443/"
                                                            cert-file = "%1$s", key-file = "%1$s", ca-file = "%1$s"
                                                            token = " let me in ", insecure-skip-tls-verify = true
                                                            api-group = projectcalico.org/v3
                                                            secrets-namespace = calico-system
                                                          }
                                                        }
                                                        peer-groups { nodes { hold-time = 30 s } }
                                                        """.formatted(pem("a.pem")));

        Path file = folder.resolve("a.pem");
        assertThat(datastore.type()).isEqualTo(DatastoreSettings.Type.KUBERNETES);
        assertThat(datastore.mode()).isEqualTo(Mode.NODE);
        assertThat(datastore.nodeName()).isEqualTo("rr-1");
        assertThat(datastore.legacyKeys()).isEqualTo(DatastoreSettings.LegacyKeys.NONE);
        assertThat(datastore.template().group()).isEqualTo("nodes");
        assertThat(datastore.template().timers().holdTimeSeconds()).isEqualTo(30);
        assertThat(datastore.kubernetes()).isEqualTo(new KubernetesSettings(file, "prod",
                URI.create("https://10.0.0.9:6443"), file, file, file, new Secret(" let me in "), true,
                ApiGroup.PROJECTCALICO_V3, "calico-system"));
    }

    @Test
    void every_key_of_etcd_arrives_where_it_belongs() throws Exception {
        EtcdSettings etcd = load(
                ETCD + """
                       datastore {
                         legacy-keys = true
                         etcd {
                           endpoints = [ "https://etcd-1.example:2379", "10.0.0.5:2380", "http://[fd00::5]/" ]
                           ca-file = "%1$s", cert-file = "%1$s", key-file = "%1$s"
                           username = calico, password = " hunter2 "
                         }
                       }
                       """.formatted(pem("a.pem"))).etcd();

        Path file = folder.resolve("a.pem");
        assertThat(etcd.endpoints()).extracting(URI::toString).containsExactly("https://etcd-1.example:2379",
                "https://10.0.0.5:2380", "http://[fd00::5]:2379");
        assertThat(etcd).isEqualTo(new EtcdSettings(etcd.endpoints(), null, file, file, file, "calico",
                new Secret(" hunter2 ")));
    }

    @Test
    void an_endpoint_without_a_scheme_is_plain_unless_there_are_certificates() throws Exception {
        String endpoints = "datastore.etcd.endpoints = [ \"etcd:2379\" ]\n";

        assertThat(load(ETCD + endpoints).etcd().endpoints()).containsExactly(URI.create("http://etcd:2379"));
        assertThat(load(ETCD + endpoints + "datastore.etcd.ca-file = \"" + pem("ca.pem") + "\"").etcd().endpoints())
                .containsExactly(URI.create("https://etcd:2379"));
    }

    @Test
    void members_may_be_found_by_a_domain() throws Exception {
        assertThat(load(ETCD + "datastore.etcd.discovery-srv = example.org").etcd().discoverySrv())
                .isEqualTo("example.org");
    }

    @Test
    void the_second_api_of_etcd_has_only_legacy_keys() throws Exception {
        DatastoreSettings datastore = load("""
                                           addresses.ipv4 = 10.0.0.1
                                           datastore { type = etcd-v2, etcd.endpoints = [ "etcd:2379" ] }
                                           """);

        assertThat(datastore.legacyKeys()).isEqualTo(DatastoreSettings.LegacyKeys.ALL);
    }

    @Test
    void what_the_configuration_does_not_say_of_as_and_cluster_is_left_to_the_datastore() throws Exception {
        assertThat(load(KUBERNETES)).satisfies(datastore -> {
            assertThat(datastore.as()).isNull();
            assertThat(datastore.clusterId()).isNull();
        });
        assertThat(load(KUBERNETES + "as = 64512, cluster-id = router-id")).satisfies(datastore -> {
            assertThat(datastore.as()).isEqualTo(64512);
            assertThat(datastore.clusterId()).isEqualTo(0x0A000001);
        });
    }

    @Test
    void the_router_id_is_the_ipv4_address_unless_it_is_given() throws Exception {
        assertThat(ConfigurationFile.in(folder, "a.conf", "tapetum { addresses.ipv4 = 10.0.0.7 }").load().reflector()
                .routerId()).isEqualTo(0x0A000007);
        assertThat(ConfigurationFile.with(folder, "addresses { ipv4 = 10.0.0.7, ipv6 = \"fd00::7\" }").load())
                .satisfies(settings -> {
                    assertThat(settings.reflector().routerId()).isEqualTo(0x0A000001);
                    assertThat(settings.addresses())
                            .isEqualTo(new OwnAddresses((Inet4Address) InetAddress.ofLiteral("10.0.0.7"),
                                    (Inet6Address) InetAddress.ofLiteral("fd00::7")));
                });
    }

    @Test
    void an_ipv6_address_is_no_router_id() {
        assertThat(ConfigurationFile.in(folder, "a.conf", "tapetum { addresses.ipv6 = \"fd00::7\" }").problems())
                .containsExactly("a.conf: tapetum.router-id is missing: expected an identifier like 10.0.0.1 other than"
                        + " 0.0.0.0; addresses.ipv6 cannot stand in for it, as addresses.ipv4 could");
    }

    @Test
    void an_empty_text_is_as_good_as_no_value() throws Exception {
        ServerSettings settings = ConfigurationFile.with(folder, """
                                                                 addresses { ipv4 = "", ipv6 = "" }
                                                                 datastore.kubernetes { kubeconfig = "", token = "" }
                                                                 """).load();

        assertThat(settings.addresses()).isEqualTo(new OwnAddresses(null, null));
        assertThat(settings.datastore().kubernetes().kubeconfig()).isNull();
        assertThat(settings.datastore().kubernetes().token()).isNull();
    }

    @Test
    void as_numbers_and_roles_of_the_group_need_not_fit_the_datastores_peers() throws Exception {
        assertThat(load(KUBERNETES + "datastore.group = g, peer-groups.g { role = external, hold-time = 9 }")
                .template()).satisfies(template -> {
                    assertThat(template.role()).isEqualTo(PeerRole.CLIENT);
                    assertThat(template.timers().holdTimeSeconds()).isEqualTo(9);
                });
    }

    @Test
    void the_folder_of_the_control_sockets_can_be_chosen() throws Exception {
        assertThat(ConfigurationFile.with(folder, "control.directory = /run/bird").load().control().directory())
                .isEqualTo(Path.of("/run/bird"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            datastore.type = consul                          | expected one of none, kubernetes, etcd-v3, etcd-v2
                                            datastore.mode = both                            | expected one of peer-ip, node
                                            datastore.legacy-keys = maybe                    | expected one of false, reflectors, true
                                            datastore.legacy-keys = true                     | expected false, or type etcd-v3 or etcd-v2
                                            datastore.group = nobody                         | expected the name of a group in tapetum.peer-groups
                                            datastore.kind = none                            | tapetum.datastore.kind: unknown key
                                            datastore.etcd.endpoint = x                      | unknown key; did you mean endpoints?
                                            datastore.etcd.endpoints = "etcd:2379"           | expected a list
                                            datastore.etcd.endpoints = [ "etcd:port" ]       | "etcd:port": expected an endpoint such as https://10.0.0.5:2379
                                            datastore.etcd.endpoints = [ "ftp://etcd" ]      | expected an endpoint such as
                                            datastore.etcd.endpoints = [ "http://etcd/v2" ]  | expected an endpoint such as
                                            datastore.etcd.username = calico                 | expected password to be set too
                                            datastore.etcd.ca-file = /no/such/file           | "/no/such/file": expected a file, and there is none of this name
                                            datastore.etcd.ca-file = /etc                    | expected a file, and this is something else
                                            datastore.kubernetes.kubeconfig = /no/such/file  | tapetum.datastore.kubernetes.kubeconfig = "/no/such/file": expected a file
                                            datastore.kubernetes.endpoint = "10.0.0.1:6443"  | expected the URL of the API server, such as https://10.0.0.1:6443
                                            datastore.kubernetes.api-group = v3              | expected one of auto, projectcalico.org/v3, crd.projectcalico.org/v1
                                            datastore.kubernetes.token = abc                 | kubernetes.token = "(secret)": expected endpoint to be set too
                                            datastore.kubernetes.insecure-skip-tls-verify = true | expected endpoint to be set too
                                            addresses.ipv4 = "fd00::1"                       | tapetum.addresses.ipv4 = "fd00::1": expected the IPv4 address of this host
                                            addresses.ipv4 = 0.0.0.0                         | expected the IPv4 address of this host
                                            addresses.ipv6 = 10.0.0.1                        | expected the IPv6 address of this host
                                            addresses.ipv5 = 10.0.0.1                        | unknown key; did you mean ipv4?
                                            control.directory = ""                           | expected off, or a folder
                                            listen = []                                      | nobody could become a peer
                                            """)
    void a_wrong_value_is_named_with_what_was_expected(String text, String expected) {
        assertThat(ConfigurationFile.with(folder, text).problems()).singleElement().asString()
                .startsWith("tapetum.conf:3: ").contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            type = kubernetes                                             | expected addresses.ipv4 or addresses.ipv6
                                            type = kubernetes, mode = node                                | expected node-name
                                            type = kubernetes, legacy-keys = true                         | expected false, or type etcd-v3 or etcd-v2
                                            type = etcd-v3                                                | expected etcd.endpoints or etcd.discovery-srv
                                            type = etcd-v2                                                | expected etcd.endpoints or etcd.discovery-srv
                                            type = etcd-v3, etcd { endpoints = [ a ], discovery-srv = b } | expected either etcd.endpoints or this, not both
                                            """)
    void what_does_not_go_together_is_refused(String text, String expected) {
        String own = expected.contains("addresses") ? "" : "addresses.ipv4 = 10.0.0.1, ";

        assertThat(ConfigurationFile.with(folder, own + "datastore { " + text + " }").problems()).singleElement()
                .asString().startsWith("tapetum.conf:3: ").contains(expected);
    }

    @Test
    void a_certificate_without_its_key_is_refused() throws IOException {
        assertThat(ConfigurationFile.with(folder, "datastore.etcd.cert-file = \"" + pem("a.pem") + "\"").problems())
                .singleElement().asString().contains("cert-file", "expected key-file to be set too");
    }

    @ParameterizedTest
    @ValueSource(strings = {"datastore.etcd { username = u, password = [ hunter2 ] }",
            "datastore.etcd { password = hunter2 }", "datastore.etcd { passwort = hunter2 }",
            "datastore.etcd = [ { password = hunter2 } ]", "peers = { password = hunter2, n = { token = hunter2 } }",
            "datastore.kubernetes { token = { hunter2 = hunter2 } }", "datastore.etcd { password = $hunter2 }",
            "datastore.etcd {\n password = \"hunter2\n }\n", "datastore.etcd { password = a + ]hunter2 }",
            "datastore.etcd.endpoints = [ \"http://root:hunter2@etcd\" ]",
            "datastore.kubernetes.endpoint = \"https://root:hunter2@kube\""})
    void no_problem_shows_a_secret(String text) {
        assertThat(ConfigurationFile.with(folder, text).problems()).isNotEmpty().allSatisfy(
                problem -> assertThat(problem).doesNotContain("hunter2"));
    }
}
