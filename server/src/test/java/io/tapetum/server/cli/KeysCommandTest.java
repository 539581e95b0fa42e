package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.server.tls.TestIdentity;

/** What operators type, and what they read, about keys. */
class KeysCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> variables = new HashMap<>();
    private final StubKeyboard keyboard = new StubKeyboard();
    private String out = "";
    private String err = "";
    private Path store = folder;

    @BeforeEach
    void choosePaths() throws IOException {
        store = folder.resolve("tapetum.keys");
        secret("pass", "a passphrase\n");
    }

    private Path secret(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private int execute(String... arguments) {
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        int exit = new CommandLineInterface((_, _, _) -> {
            throw new AssertionError("nothing should have been started");
        }, _ -> null, _ -> {
        }, variables, keyboard).writingTo(new PrintWriter(printed, true), new PrintWriter(complained, true))
                .execute(arguments);
        out = printed.toString();
        err = complained.toString();
        return exit;
    }

    /** With the keystore and its passphrase. */
    private int keys(String... arguments) {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--store", store.toString(), "--passphrase", "file:" + folder.resolve("pass")));
        return execute(all.toArray(String[]::new));
    }

    private void pipe(String text) {
        keyboard.pipes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_key_is_added_listed_rotated_and_removed() {
        assertThat(keys("create")).isZero();
        assertThat(out).startsWith("made the keystore " + store);
        pipe("hello there\n");
        assertThat(keys("add", "spines")).isZero();
        assertThat(out).startsWith("added spines: fingerprint 1c33-30d2-92, 11 octets");
        assertThat(keys("list")).isZero();
        assertThat(out).containsPattern("NAME +OCTETS +FINGERPRINT +CREATED +CHANGED")
                .containsPattern("spines +11 +1c33-30d2-92 +\\d{4}-\\d\\d-\\d\\dT\\S+Z +\\d{4}-").contains("1 key");
        pipe("hello again, everybody");
        assertThat(keys("rotate", "spines")).isZero();
        assertThat(out).startsWith("rotated spines: fingerprint ").contains("22 octets");
        assertThat(err).isEmpty();
        assertThat(keys("remove", "spines")).isZero();
        assertThat(out).isEqualToIgnoringNewLines("removed spines");
        assertThat(keys("list")).isZero();
        assertThat(out).contains("0 keys");
    }

    @Test
    void what_is_typed_is_typed_twice() {
        keyboard.types("a passphrase", "a passphrase");
        assertThat(execute("keys", "create", "--store", store.toString())).isZero();
        assertThat(keyboard.prompts).containsExactly("New passphrase of " + store + ": ", "Once more: ");

        keyboard.prompts.clear();
        keyboard.types("a passphrase", "a longer key", "a longer key");
        assertThat(execute("keys", "add", "spines", "--store", store.toString())).isZero();
        assertThat(keyboard.prompts).containsExactly("Passphrase of " + store + ": ",
                "Key spines (what you type is not shown): ", "Once more: ");

        keyboard.types("a passphrase", "another key", "another kez");
        assertThat(execute("keys", "rotate", "spines", "--store", store.toString())).isEqualTo(1);
        assertThat(err).contains("what you typed was not the same twice; nothing was changed");

        keyboard.types("a passphrase");
        assertThat(execute("keys", "rotate", "spines", "--store", store.toString())).isEqualTo(1);
        assertThat(err).contains("nothing was typed; nothing was changed");
    }

    @Test
    void a_key_comes_from_a_file_or_a_variable_too() throws IOException {
        keys("create");
        variables.put("SPINE_KEY", "a key that is long enough");
        Path file = secret("spine.key", "another that is long enough\n");

        assertThat(keys("add", "one", "--from-env", "SPINE_KEY")).isZero();
        assertThat(keys("add", "two", "--from-file", file.toString())).isZero();

        assertThat(keys("list")).isZero();
        assertThat(out).containsPattern("one +25 ").containsPattern("two +27 ");
        assertThat(err).isEmpty();
    }

    @Test
    void a_generated_key_is_shown_once_alone_on_standard_output_to_those_who_want_to_see_it() {
        keys("create");

        assertThat(keys("add", "shown", "--generate", "--show")).isZero();
        assertThat(out).matches("[A-Za-z0-9]{32}\\R");
        assertThat(err).startsWith("added shown: fingerprint ");
        String key = out.strip();

        assertThat(keys("add", "unseen", "--generate")).isZero();
        assertThat(out).startsWith("added unseen: fingerprint ").contains("nobody has seen the key");
        assertThat(keys("list")).isZero();
        assertThat(out).doesNotContain(key).contains("2 keys");
    }

    @Test
    void keys_are_imported_from_lines_all_or_none() throws IOException {
        keys("create");
        pipe("a key that is long enough");
        keys("add", "leaves");
        Path lines = secret("lines", "spines a first key, long enough\nleaves a second key, long enough\n");

        assertThat(keys("import", lines.toString())).isEqualTo(1);
        assertThat(err).contains("there is a key leaves already");
        keys("list");
        assertThat(out).contains("1 key").doesNotContain("spines");

        assertThat(keys("import", lines.toString(), "--replace")).isZero();
        assertThat(out).isEqualToIgnoringNewLines("imported 2 keys: spines, leaves");
    }

    @Test
    void keys_are_imported_from_another_keystore() throws IOException {
        keys("create");
        keys("add", "spines", "--generate");
        keys("list");
        String fingerprint = out.replaceAll("(?s).*([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{2}).*", "$1");
        Path other = store;
        Path otherPass = secret("other-pass", "a passphrase\n");
        store = folder.resolve("second.keys");
        secret("pass", "a second passphrase");
        keys("create");

        assertThat(keys("import", other.toString(), "--from-passphrase", "file:" + otherPass)).isZero();

        keys("list");
        assertThat(out).contains("spines").contains(fingerprint);
    }

    @Test
    void a_tls_certificate_is_imported_beside_the_keys() {
        keys("create");
        TestIdentity identity = TestIdentity.of(folder, "rr1", "EC");
        TestIdentity another = TestIdentity.of(folder, "rr2", "EC");
        String cert = identity.certificateTo(folder.resolve("cert.pem")).toString();

        assertThat(keys("import-tls", "--cert", cert, "--key",
                identity.keyTo(folder.resolve("key.pem")).toString())).isZero();
        assertThat(out).startsWith("imported the certificate of CN=rr1, valid until 20");
        assertThat(keys("list")).isZero();
        assertThat(out).contains("TLS certificate of CN=rr1, valid until 20");

        assertThat(keys("import-tls", "--cert", cert, "--key",
                another.keyTo(folder.resolve("key2.pem")).toString())).isEqualTo(1);
        assertThat(err).contains("is not that of the first certificate");
    }

    @Test
    void the_configuration_says_where_the_keystore_is() throws IOException {
        String config = Files
                .writeString(folder.resolve("tapetum.conf"), """
                                                             tapetum {
                                                               router-id = 10.0.0.1
                                                               keys { store = "%s", passphrase = "env:PASSPHRASE" }
                                                               peers = [
                                                                 { address = 10.0.0.2, tcp-md5-key = "keystore:spines" }
                                                               ]
                                                             }
                                                             """.formatted(store))
                .toString();
        variables.put("PASSPHRASE", "a passphrase");

        assertThat(execute("check", config)).isEqualTo(78);
        assertThat(err).startsWith(config + ":5: tapetum.peers[0].tcp-md5-key = \"keystore:spines\": " + store
                + " does not exist: make it with `tapetum keys create --store " + store + "`");

        assertThat(execute("keys", "create", "--config", config)).isZero();
        assertThat(execute("check", config)).isEqualTo(78);
        assertThat(err)
                .startsWith(config + ":5: tapetum.peers[0].tcp-md5-key = \"keystore:spines\": the keystore has no key"
                        + " spines: add it with `tapetum keys add spines --config FILE`");
        assertThat(execute("run", "--config", config)).isEqualTo(78);

        assertThat(execute("keys", "add", "spines", "--generate", "--config", config)).isZero();
        assertThat(execute("check", config)).isZero();
    }

    @Test
    void files_that_everybody_may_read_are_warned_about_and_used() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("pass"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(keys("create")).isZero();
        assertThat(err).isEqualToIgnoringNewLines("tapetum: warning: everybody on this host may read "
                + folder.resolve("pass") + ": chmod 600 makes it private");
    }

    @Test
    void a_doubtful_key_is_warned_about_and_taken() {
        keys("create");
        pipe("short ");

        assertThat(keys("add", "spines")).isZero();
        assertThat(err).contains("tapetum: warning: the key begins or ends with a blank",
                "tapetum: warning: the key is shorter than 12 octets");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            keys                                  | keys needs a command: create, add, list, rotate, remove, import, import-tls
                                            keys list                             | which keystore? Say --store FILE, or --config FILE
                                            keys add Spines --store x             | a name has 1 to 64 small letters
                                            keys add spines SECRET --store x      | expected the name only
                                            keys add x --generate --from-env Y --store x | expected one of --from-file, --from-env and --generate
                                            keys add x --show --store x           | --show goes with --generate
                                            keys list --store x --passphrase SECRET | expected file:PATH or env:VARIABLE
                                            """)
    void a_wrong_command_line_is_explained_and_what_may_be_secret_is_not_repeated(String line, String expected) {
        assertThat(execute(line.split(" "))).isEqualTo(2);
        assertThat(err).contains(expected).doesNotContain("SECRET");
    }

    @Test
    void a_keystore_that_does_not_open_is_explained() throws IOException {
        assertThat(keys("list")).isEqualTo(1);
        assertThat(err).contains("does not exist: make it with `tapetum keys create");
        keys("create");
        assertThat(keys("create")).isEqualTo(1);
        assertThat(err).contains("exists already");
        secret("pass", "another passphrase");
        assertThat(keys("list")).isEqualTo(1);
        assertThat(err).contains("tapetum: " + store + " cannot be opened with this passphrase");
        assertThat(execute("keys", "list", "--store", store.toString())).isEqualTo(1);
        assertThat(err).contains("there is no terminal on which to ask");
        secret("pass", "short");
        store = folder.resolve("second.keys");
        assertThat(keys("create")).isEqualTo(1);
        assertThat(err).contains("the passphrase is too short");
    }
}
