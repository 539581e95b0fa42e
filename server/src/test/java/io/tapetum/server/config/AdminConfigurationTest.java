package io.tapetum.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.config.AdminSettings.Scope;
import io.tapetum.server.keys.KeyReference;

/** Where operators may ask, and what has to be there before they may do so from other hosts. */
class AdminConfigurationTest {

    private static final String PLANTED = "planted-0123456789abcdef";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        for (String name : List.of("cert.pem", "key.pem", "ca.pem")) {
            Files.writeString(folder.resolve(name), "-----BEGIN");
        }
        Files.writeString(folder.resolve("token"), PLANTED);
    }

    /** The block with these keys; FOLDER is the folder of the test. */
    private ConfigurationFile admin(String keys) {
        return ConfigurationFile.with(folder, "admin {\n" + keys.replace("FOLDER", folder.toString()) + "\n}");
    }

    @Test
    void every_key_arrives_where_it_belongs() throws ConfigurationException {
        AdminSettings settings = admin("""
                                       listen = "*:9179"
                                       host-names = [ rr1.example.net, RR1 ]
                                       tls {
                                         cert-file = "FOLDER/cert.pem", key-file = "FOLDER/key.pem"
                                         client-ca-file = "FOLDER/ca.pem"
                                       }
                                       tokens = [
                                         { name = prometheus, scope = read, token = "file:FOLDER/token" }
                                         { name = operator, scope = write, token = "env:OPERATOR" }
                                       ]
                                       """).load().admin();

        assertThat(settings).isEqualTo(new AdminSettings(new ListenAddress(InetAddress.ofLiteral("::"), 9179),
                List.of("rr1.example.net", "rr1"),
                new AdminSettings.Tls(new AdminSettings.Certificate.Files(folder.resolve("cert.pem"),
                        folder.resolve("key.pem")), folder.resolve("ca.pem")),
                List.of(new AdminSettings.Token("prometheus", Scope.READ,
                        new KeyReference.InFile(folder.resolve("token"))),
                        new AdminSettings.Token("operator", Scope.WRITE, new KeyReference.Variable("OPERATOR")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1:9179", "[2001:db8::1]:9179", "*:9179", "0.0.0.0:9179"})
    void beyond_loopback_tls_and_tokens_have_to_be_there(String listen) {
        String tls = "tls { cert-file = \"FOLDER/cert.pem\", key-file = \"FOLDER/key.pem\" }\n";
        String tokens = "tokens = [ { name = a, scope = read, token = \"env:A\" } ]\n";
        String address = "listen = \"" + listen + "\"\n";
        String needsTls = "tls { cert-file = PATH, key-file = PATH }";
        String needsTokens = "tokens = [ { name = NAME, scope = write, token = \"file:PATH\" } ]";

        assertThat(admin(address).problems()).singleElement().asString()
                .startsWith("tapetum.conf:4: tapetum.admin.listen = \"" + listen + "\": expected")
                .contains("beside it in tapetum.admin also " + needsTls + " and " + needsTokens);
        assertThat(admin(address + tls).problems()).singleElement().asString().contains(needsTokens)
                .doesNotContain(needsTls);
        assertThat(admin(address + tokens).problems()).singleElement().asString().contains(needsTls)
                .doesNotContain(needsTokens);
        assertThat(admin(address + tls + tokens).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "\"false\"", "${?NO_SUCH_VARIABLE}\"false\""})
    void no_certificate_from_the_keystore_is_none_however_it_is_written(String no) {
        assertThat(admin("listen = \"*:9179\", tls { from-keystore = " + no + " }, "
                + "tokens = [ { name = a, scope = read, token = \"env:A\" } ]").problems()).singleElement().asString()
                .contains("tapetum.admin.listen").contains("tls { cert-file = PATH, key-file = PATH }");
        assertThat(admin("tls { from-keystore = " + no + ", client-ca-file = \"FOLDER/ca.pem\" }").problems())
                .singleElement().asString().contains("or from-keystore = true");
    }

    @Test
    void the_certificate_may_be_in_the_keystore() throws ConfigurationException {
        ConfigurationFile file = ConfigurationFile.with(folder,
                """
                keys { store = "/etc/keys", passphrase = "env:P" }
                admin {
                  listen = "*:9179", tls.from-keystore = true
                  tokens = [ { name = a, scope = read, token = "env:A" } ]
                }
                """);

        assertThat(file.load().admin().tls()).isEqualTo(new AdminSettings.Tls(
                new AdminSettings.Certificate.InKeystore(Path.of("/etc/keys"), new KeyReference.Variable("P")), null));
    }

    @Test
    void on_loopback_nothing_is_needed_but_may_be_there() throws ConfigurationException {
        assertThat(admin("").load().admin()).isEqualTo(new AdminSettings(
                new ListenAddress(InetAddress.ofLiteral("127.0.0.1"), 9179), List.of(), null, List.of()));
        assertThat(admin("tokens = [ { name = a, scope = read, token = \"env:A\" } ]").load().admin().tokens())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"sessions = 250, 250, false", "sessions = none, 0, false", "sessions = all, 2147483647, false",
            "bird-names = true, 1000, true"})
    void metrics_are_as_many_as_are_wanted(String keys, int sessions, boolean birdNames)
            throws ConfigurationException {
        assertThat(admin("metrics { " + keys + " }").load().admin().metrics())
                .isEqualTo(new AdminSettings.Metrics(sessions, birdNames));
    }

    @Test
    void by_default_metrics_are_as_the_program_thinks_best() throws ConfigurationException {
        assertThat(admin("").load().admin().metrics()).isEqualTo(AdminSettings.Metrics.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            host-names = [ "rr1:9179" ]                          | host-names[0] = "rr1:9179": expected a host name without a port
                                            host-names = [ "a_b" ]                               | expected a host name
                                            host-names = rr1                                     | expected a list
                                            tls { cert-file = "FOLDER/cert.pem" }                | expected key-file to be set too
                                            tls { key-file = "FOLDER/key.pem" }                  | expected cert-file to be set too
                                            tls { client-ca-file = "FOLDER/ca.pem" }             | expected cert-file and key-file to be set too, or from-keystore = true
                                            tls { from-keystore = true }                         | tls.from-keystore = true: expected tapetum.keys.store and its passphrase
                                            tls { from-keystore = yes-please }                   | tls.from-keystore = "yes-please": expected true or false
                                            tls { cert-file = "/no", key-file = "FOLDER/key.pem" } | tls.cert-file = "/no": expected a file, and there is none
                                            tls { cert = x }                                     | tls.cert: unknown key
                                            metrics { sessions = 0 }                             | metrics.sessions = 0: expected all, or none, or a whole number from 1 to 1000000
                                            metrics { sessions = some }                          | metrics.sessions = "some": expected all, or none, or
                                            metrics { bird-names = maybe }                       | metrics.bird-names = "maybe": expected true or false
                                            metrics { session = all }                            | metrics.session: unknown key; did you mean sessions?
                                            metrics = all                                        | metrics = "all": expected a block
                                            tokens = [ { name = a, scope = read } ]              | tokens[0].token is missing: expected file:PATH or env:VARIABLE
                                            tokens = [ { scope = read, token = "env:A" } ]       | tokens[0].name is missing
                                            tokens = [ { name = a, token = "env:A" } ]           | tokens[0].scope is missing: expected one of read, write
                                            tokens = [ { name = a, scope = all, token = "env:A" } ] | tokens[0].scope = "all": expected one of read, write
                                            tokens = [ { name = a, scope = read, token = "keystore:a" } ] | tokens[0].token = "(secret)": expected file:PATH
                                            tokens = [ { name = a, scope = read, token = "file:/no" } ] | tokens[0].token: there is no file /no
                                            tokens = [ { name = a, scope = read, token = "env:A", x = 1 } ] | tokens[0].x: unknown key
                                            tokens = [ { name = a, scope = read, token = "env:A" }, { name = a, scope = read, token = "env:B" } ] | tokens[1].name = "a": expected a name that no other token has
                                            """)
    void a_wrong_value_is_named_with_what_was_expected(String keys, String expected) {
        assertThat(admin(keys).problems()).singleElement().asString().startsWith("tapetum.conf:4: tapetum.admin.")
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens = PLANTED", "tokens = [ PLANTED ]", "tokens = { a = PLANTED }",
            "tokens = [ { name = a, scope = read, token = PLANTED } ]",
            "tokens = [ { name = a, scope = read, token = [ PLANTED ] } ]",
            "tokens = [ [ PLANTED ] ]", "tokens = [ { name = a, scope = read, token = PLANTED } } ]"})
    void a_token_in_the_place_of_its_reference_is_refused_and_not_shown(String keys) {
        assertThat(admin(keys.replace("PLANTED", PLANTED)).problems()).isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).doesNotContain("planted"));
    }
}
