package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of the configuration that is in effect. */
class ConfigShowCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> variables = new TreeMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int show(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "config";
        arguments[1] = "show";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return new CommandLineInterface((_, _, _) -> {
            throw new AssertionError("nothing should have been started");
        }, _ -> null, _ -> {
        }, variables, new StubKeyboard()).writingTo(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("tapetum.conf"), text).toString();
    }

    /** The lines about these keys, each with single blanks. */
    private List<String> lines(String prefix) {
        return out.toString().lines().filter(line -> line.startsWith(prefix)).map(line -> line.replaceAll(" +", " "))
                .toList();
    }

    @Test
    void every_value_stands_beside_its_source() throws IOException {
        variables.putAll(Map.of("IP", "10.0.0.2", "IP6", "", "ETCD_ENDPOINTS", "https://a:2379,https://b:2379"));
        String file = file("""
                           tapetum {
                             cluster-id = 1.0.0.1
                             peer-groups { spines { ttl = 1, hold-time = 9 s } }
                             peers = [
                               { address = 10.9.0.1, name = spine-1, as = 1.10, group = spines }
                             ]
                           }
                           """);

        assertThat(show("--config", file)).isZero();

        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines()).startsWith("# AS 64512, router id 10.0.0.2, 1 peer, 0 ranges, more peers"
                + " from etcd v3 (by address), listening on *:179");
        assertThat(lines("as =")).containsExactly("as = 64512 # default");
        assertThat(lines("router-id")).containsExactly("router-id = \"addresses.ipv4\" # default");
        assertThat(lines("cluster-id")).containsExactly("cluster-id = \"1.0.0.1\" # " + file + ":2");
        assertThat(lines("addresses.")).containsExactly("addresses.ipv4 = \"10.0.0.2\" # environment variable IP",
                "addresses.ipv6 = \"\" # environment variable IP6");
        assertThat(lines("peer-groups.")).containsExactly("peer-groups.spines.ttl = 1 # " + file + ":3",
                "peer-groups.spines.hold-time = \"9 s\" # " + file + ":3");
        assertThat(lines("peers")).containsExactlyInAnyOrder("peers[0].address = \"10.9.0.1\" # " + file + ":5",
                "peers[0].name = \"spine-1\" # " + file + ":5", "peers[0].as = 1.10 # " + file + ":5",
                "peers[0].group = \"spines\" # " + file + ":5");
        assertThat(lines("datastore.type"))
                .containsExactly("datastore.type = \"etcd-v3\" # environment variable ETCD_ENDPOINTS");
        assertThat(lines("datastore.etcd.endpoints")).containsExactly("datastore.etcd.endpoints ="
                + " [\"https://a:2379\",\"https://b:2379\"] # environment variable ETCD_ENDPOINTS");
        assertThat(lines("peer-defaults.maximum-prefixes.ipv4")).hasSize(4);
    }

    @Test
    void keys_stand_in_the_order_of_the_reference() {
        variables.put("IP", "10.0.0.2");

        assertThat(show()).isZero();

        List<String> keys = out.toString().lines().skip(1).map(line -> line.substring(0, line.indexOf(" = "))).toList();
        assertThat(keys).startsWith("as", "router-id", "cluster-id", "addresses.ipv4", "addresses.ipv6", "listen")
                .containsSubsequence("datastore.type", "datastore.mode", "datastore.node-name",
                        "datastore.kubernetes.kubeconfig", "datastore.etcd.endpoints", "control.directory",
                        "log.level")
                .endsWith("log.format", "events.keep").doesNotHaveDuplicates();
        assertThat(out.toString().lines().skip(1).map(line -> line.indexOf("  # ")).distinct()).hasSize(1);
    }

    @Test
    void no_secret_is_shown_in_any_format() throws IOException {
        variables.putAll(Map.of("IP", "10.0.0.2", "ETCD_ENDPOINTS", "etcd:2379", "ETCD_USERNAME", "calico",
                "ETCD_PASSWORD", "hunter2"));

        assertThat(show()).isZero();
        assertThat(lines("datastore.etcd.password"))
                .containsExactly("datastore.etcd.password = \"(secret)\" # environment variable ETCD_PASSWORD");
        assertThat(show("--format", "json")).isZero();
        assertThat(show("--config", file("tapetum { datastore { type = kubernetes, kubernetes {\n"
                + "endpoint = \"https://k\", token = hunter2 } } }"))).isZero();

        assertThat(out.toString()).doesNotContain("hunter2");
        assertThat(lines("datastore.kubernetes.token")).last().asString().contains("(secret)", "tapetum.conf:2");
    }

    @Test
    void programs_read_json() throws IOException {
        variables.put("IP", "10.0.0.2");

        assertThat(show("--format", "json")).isZero();

        JsonNode root = new ObjectMapper().readTree(out.toString());
        assertThat(root.path("as").path("value").asInt()).isEqualTo(64512);
        assertThat(root.path("as").path("source").asText()).isEqualTo("default");
        assertThat(root.path("addresses.ipv4").path("value").asText()).isEqualTo("10.0.0.2");
        assertThat(root.path("addresses.ipv4").path("source").asText()).isEqualTo("environment variable IP");
        assertThat(root.path("listen").path("value").path(0).asText()).isEqualTo("*:179");
    }

    @Test
    void what_a_file_takes_from_the_environment_itself_is_named_too() throws IOException {
        assertThat(show("-c", file("tapetum { router-id = 10.0.0.1, peer-groups { a { next-hop = keep } }\n"
                + "control.directory = ${HOME} }"))).isZero();

        assertThat(lines("control.directory")).singleElement().asString().endsWith("# the environment");
    }

    @Test
    void without_file_and_environment_it_is_the_quick_start() {
        variables.put("KUBECONFIG", "/no/such/file");

        assertThat(show()).isZero();

        assertThat(lines("listen")).singleElement().asString()
                .startsWith("listen = [\"127.0.0.1:1790\"] # quick-start");
        assertThat(lines("datastore.type")).containsExactly("datastore.type = \"none\" # default");
    }

    @Test
    void what_is_wrong_is_explained_as_for_a_start() {
        variables.putAll(Map.of("IP", "10.0.0.2", "CLUSTER_ID", "rack"));

        assertThat(show()).isEqualTo(78);
        assertThat(err.toString()).startsWith("environment variable CLUSTER_ID: tapetum.cluster-id = \"rack\"");
        assertThat(out.toString()).isEmpty();
    }
}
