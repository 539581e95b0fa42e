package io.tapetum.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators read: the reference, and the examples. */
class ReferenceConfigurationTest {

    /** The examples in the project's root; tests run in the module's folder. */
    private static final Path EXAMPLES = Path.of("..", "config");

    /** A key, or one that is commented out because it has no default. Examples in comments are indented further. */
    private static final Pattern KEY = Pattern.compile(" *(?:# )?([a-z0-9-]+) (?:=|\\{).*");

    private static List<String> reference() throws IOException, URISyntaxException {
        return Files.readAllLines(
                Path.of(ConfigurationFile.class.getClassLoader().getResource("reference.conf").toURI()));
    }

    private static Set<String> allKeys() {
        Set<String> keys = new TreeSet<>();
        Stream.of(Schema.ROOT, Schema.PEER, Schema.RANGE, Schema.TEMPLATE, Schema.MAXIMUM_PREFIXES, Schema.PREFIX_LIMIT,
                Schema.ADMIN, Schema.ADMIN_TLS, Schema.ADMIN_TOKEN, Schema.LOG, Schema.ADDRESSES, Schema.DATASTORE,
                Schema.KUBERNETES, Schema.ETCD,
                Schema.CONTROL, Schema.KEYS, Schema.CONNECTIONS, Schema.EVENTS).forEach(keys::addAll);
        return keys;
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList().stream();
        }
    }

    @Test
    void every_key_has_a_line_of_its_own_under_a_comment() throws IOException, URISyntaxException {
        List<String> lines = reference();
        Set<String> documented = new TreeSet<>();
        List<String> undocumented = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            Matcher key = KEY.matcher(lines.get(i));
            if (key.matches() && !key.group(1).equals("tapetum")) {
                documented.add(key.group(1));
                if (!lines.get(i - 1).strip().matches("# .*[.:]|#   .*]|#   .*}")) {
                    undocumented.add(lines.get(i));
                }
            }
        }

        assertThat(undocumented).isEmpty();
        assertThat(documented).isEqualTo(allKeys());
    }

    @Test
    void the_defaults_have_every_key_that_peers_may_have_in_common() {
        ConfigObject defaults = ConfigFactory.parseResources("reference.conf").getObject("tapetum.peer-defaults");

        assertThat(defaults.keySet()).isEqualTo(Schema.TEMPLATE);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_loads(Path example) throws ConfigurationException {
        assertThat(Configuration.load(example).listen()).isNotEmpty();
    }

    @Test
    void there_are_examples() throws IOException {
        assertThat(examples()).extracting(file -> file.getFileName().toString()).contains("quick-start.conf",
                "calico-nodes.conf", "two-reflectors.conf", "spine-leaf.conf", "calico-kubernetes.conf",
                "calico-etcd.conf", "calico-legacy-keys.conf");
    }

    @ParameterizedTest
    @CsvSource({"calico-nodes.conf, NONE, NONE, default", "calico-kubernetes.conf, KUBERNETES, NONE, nodes",
            "calico-etcd.conf, ETCD_V3, NONE, default", "calico-legacy-keys.conf, ETCD_V3, ALL, default"})
    void examples_with_a_datastore_say_where_peers_come_from(String example, DatastoreSettings.Type type,
            DatastoreSettings.LegacyKeys legacyKeys, String group) throws ConfigurationException {
        DatastoreSettings datastore = Configuration.load(EXAMPLES.resolve(example)).datastore();

        assertThat(datastore.type()).isEqualTo(type);
        assertThat(datastore.legacyKeys()).isEqualTo(legacyKeys);
        assertThat(datastore.template().group()).isEqualTo(group);
    }

    @Test
    void without_a_file_the_quick_start_runs() throws ConfigurationException {
        ServerSettings settings = Configuration.withoutFile(EnvironmentLayer.NONE).settings();

        assertThat(settings).isEqualTo(Configuration.load(EXAMPLES.resolve("quick-start.conf")));
        assertThat(settings.listen()).extracting(ListenAddress::toString).containsExactly("127.0.0.1:1790");
        assertThat(settings.reflector().as()).isEqualTo(64512);
        assertThat(settings.reflector().loopbackNextHops()).isTrue();
        assertThat(settings.reflector().ranges()).singleElement().satisfies(range -> {
            assertThat(range.network().getHostAddress()).isEqualTo("127.0.0.0");
            assertThat(range.prefixLength()).isEqualTo(8);
        });
    }

    @Test
    void the_spines_are_external_and_of_two_ases() throws ConfigurationException {
        assertThat(Configuration.load(EXAMPLES.resolve("spine-leaf.conf")).reflector().peers())
                .extracting(peer -> peer.template().role() + " " + peer.template().remoteAs())
                .containsExactly("EXTERNAL 65005", "EXTERNAL 65008");
    }
}
