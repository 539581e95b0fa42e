package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.StubReflector;
import io.tapetum.server.keys.KeystoreFile;
import io.tapetum.server.keys.Passphrase;
import io.tapetum.server.tls.TestIdentity;

/** Commands about a reflector that is open beyond the loopback interface, from its configuration to its end. */
class AdminOverTlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String READER = "planted-reader-0123456789";
    private static final String WRITER = "planted-writer-0123456789";

    @TempDir
    private static Path made = Path.of("");

    @SuppressWarnings("NullAway.Init") // before all tests
    private static TestIdentity identity;

    @TempDir
    private Path folder = Path.of("");

    private final StubReflector reflector = new StubReflector();
    private final StringWriter running = new StringWriter();
    private Path ca = Path.of("");
    private Path readerFile = Path.of("");
    private String configuration = "";
    private String endpoint = "";
    private String shown = "";

    @BeforeAll
    static void makeIdentity() {
        identity = TestIdentity.of(made, "rr1", "EC", "dns:localhost");
    }

    @BeforeEach
    void configure() throws IOException {
        ca = identity.certificateTo(folder.resolve("cert.pem"));
        readerFile = Files.writeString(folder.resolve("reader"), READER + "\n");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"))) {
            port = socket.getLocalPort();
        }
        endpoint = "https://localhost:" + port;
        configuration = Files.writeString(folder.resolve("tapetum.conf"),
                """
                tapetum {
                  router-id = 10.0.0.1
                  admin {
                    listen = "0.0.0.0:%d"
                    tls { cert-file = "%s", key-file = "%s" }
                    tokens = [ { name = reader, scope = read, token = "file:%s" }
                               { name = writer, scope = write, token = "env:WRITE_TOKEN" } ]
                  }
                }
                """.formatted(port, ca, identity.keyTo(folder.resolve("key.pem")), readerFile)).toString();
    }

    private CompletableFuture<Integer> run() {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        CompletableFuture<Void> started = new CompletableFuture<>();
        PrintWriter output = new PrintWriter(running, true);
        Thread.ofVirtual().start(() -> exit.complete(new CommandLineInterface((_, _, _) -> {
            started.complete(null);
            return reflector;
        }, _ -> null, _ -> {
        }, Map.of("WRITE_TOKEN", WRITER), new StubKeyboard()).writingTo(output, output).execute("run", "-c",
                configuration)));
        started.orTimeout(30, TimeUnit.SECONDS).join();
        return exit;
    }

    /** Runs a command, whose output is in {@link #shown} then. */
    private int execute(Map<String, String> variables, String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out, true);
        int exit = new CommandLineInterface((_, _, _) -> {
            throw new AssertionError("nothing should have been started");
        }, _ -> null, _ -> {
        }, variables, new StubKeyboard()).writingTo(printer, printer).execute(arguments);
        shown = out.toString();
        assertThat(shown).as("no token is ever shown").doesNotContain("planted");
        return exit;
    }

    @Test
    void a_reflector_is_watched_with_one_token_and_drained_with_another() throws Exception {
        CompletableFuture<Integer> exit = run();

        // It answers before it has a reflector to tell of.
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(execute(Map.of(), "status", "--admin", endpoint, "--admin-ca", ca.toString(), "--token-file",
                    readerFile.toString())).isZero();
            assertThat(shown).startsWith("Tapetum is running.").contains("10.0.0.11");
        });

        assertThat(execute(Map.of("TAPETUM_ADMIN_TOKEN", READER), "drain", "--admin", endpoint, "--admin-ca",
                ca.toString())).isEqualTo(1);
        assertThat(shown).isEqualTo("tapetum: " + endpoint
                + " refused: the token is good for less: one with scope = write is needed" + System.lineSeparator());
        assertThat(reflector.calls).isEmpty();

        assertThat(execute(Map.of("TAPETUM_ADMIN_TOKEN", WRITER), "drain", "--admin", endpoint, "--admin-ca",
                ca.toString(), "--message", "bye")).isZero();
        assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(reflector.calls).containsExactly("drain: bye", "close");
        assertThat(running.toString()).doesNotContain("planted");
    }

    @Test
    void what_is_missing_is_named_with_the_option_that_brings_it() {
        CompletableFuture<Integer> exit = run();

        assertThat(execute(Map.of(), "status", "--admin", endpoint)).isEqualTo(1);
        assertThat(shown).contains("its certificate is not trusted", "--admin-ca").hasLineCount(1);
        assertThat(execute(Map.of(), "status", "--admin", endpoint, "--admin-ca", ca.toString())).isEqualTo(1);
        assertThat(shown).contains("a token is needed", "--token-file", "TAPETUM_ADMIN_TOKEN").hasLineCount(1);
        assertThat(execute(Map.of("TAPETUM_ADMIN_TOKEN", "planted-wrong-0123456789"), "status", "--admin", endpoint,
                "--admin-ca", ca.toString())).isEqualTo(1);
        assertThat(shown).contains("the token is none of those that are known here").hasLineCount(1);
        assertThat(exit).isNotDone();

        assertThat(execute(Map.of("TAPETUM_ADMIN_TOKEN", WRITER), "drain", "--admin", endpoint, "--admin-ca",
                ca.toString())).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--token-file /no/such", "--admin-ca /no/such",
            "--admin-cert /no/such --admin-key /no/such"})
    void a_file_that_is_missing_is_named(String options) {
        assertThat(execute(Map.of(), ("status --admin " + endpoint + " " + options).split(" "))).isEqualTo(1);
        assertThat(shown).contains("/no/such").hasLineCount(1);
    }

    @Test
    void a_file_that_has_no_token_is_not_sent() throws IOException {
        Path file = Files.writeString(folder.resolve("wrong"), "planted with\nlines");

        assertThat(execute(Map.of(), "status", "--admin", endpoint, "--token-file", file.toString())).isEqualTo(1);
        assertThat(shown).contains(file + " has no token").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config show", "config show --format json"})
    void the_configuration_shows_who_may_ask_and_no_token(String command) {
        String[] arguments = (command + " --config " + configuration).split(" ");

        assertThat(execute(Map.of("WRITE_TOKEN", WRITER), arguments)).isZero();
        assertThat(shown).contains("admin.tokens[0].name", "reader", "admin.tls.cert-file", "(secret)");
    }

    @Test
    void a_token_that_is_not_in_the_environment_stops_the_start() {
        assertThat(execute(Map.of(), "run", "-c", configuration)).isEqualTo(1);
        assertThat(shown).isEqualTo("tapetum: the admin endpoint cannot be opened: there is no environment variable"
                + " WRITE_TOKEN with the admin token writer" + System.lineSeparator());
    }

    @Test
    void check_accepts_an_endpoint_that_can_start() {
        assertThat(execute(Map.of("WRITE_TOKEN", WRITER), "check", configuration)).isZero();
        assertThat(shown).startsWith("OK: ");
    }

    @Test
    void check_says_where_everything_is_written_that_keeps_the_endpoint_from_starting() throws IOException {
        Files.writeString(readerFile, "planted");
        TestIdentity.of(made, "another", "EC").keyTo(folder.resolve("key.pem"));

        assertThat(execute(Map.of(), "check", configuration)).isEqualTo(78);
        assertThat(shown.lines()).satisfiesExactly(
                reader -> assertThat(reader).startsWith(configuration + ":6: tapetum.admin.tokens[0].token: a token has"
                        + " 16 to 512 characters, and that in " + readerFile + " has 7"),
                writer -> assertThat(writer).startsWith(configuration + ":7: tapetum.admin.tokens[1].token: there is no"
                        + " environment variable WRITE_TOKEN"),
                tls -> assertThat(tls).startsWith(configuration + ":5: tapetum.admin.tls: the key in " + folder
                        + "/key.pem is not that of the first certificate in " + ca),
                end -> assertThat(end).startsWith("tapetum: 3 problems in the configuration"));
    }

    @Test
    void check_opens_the_keystore_and_the_authorities_of_clients() throws IOException {
        Path store = folder.resolve("keystore");
        Path passphraseFile = Files.writeString(folder.resolve("passphrase"), "planted battery staple");
        try (Passphrase passphrase = Passphrase.of("planted battery staple".toCharArray())) {
            new KeystoreFile(store).create(passphrase);
        }
        String text = """
                      tapetum {
                        router-id = 10.0.0.1
                        keys { store = "%s", passphrase = "file:%s" }
                        admin.tls.from-keystore = true
                      }
                      """.formatted(store, passphraseFile);
        Path file = Files.writeString(folder.resolve("keystore.conf"), text);

        assertThat(execute(Map.of(), "check", file.toString())).isEqualTo(78);
        assertThat(shown).startsWith(file + ":4: tapetum.admin.tls: " + store + " has no TLS certificate");

        Files.writeString(folder.resolve("ca.pem"), "nothing");
        Files.writeString(file, Files.readString(Path.of(configuration)).replace("tls {",
                "tls { client-ca-file = \"" + folder.resolve("ca.pem") + "\", "));
        assertThat(execute(Map.of("WRITE_TOKEN", WRITER), "check", file.toString())).isEqualTo(78);
        assertThat(shown).startsWith(file + ":5: tapetum.admin.tls: " + folder.resolve("ca.pem"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://localhost:9179", "https://localhost", "https://user:planted@localhost:9179",
            "https://localhost:9179/v1", "https://localhost:99999", "localhost:9179", "a/b://c"})
    void an_endpoint_that_is_none_is_refused(String wrong) {
        assertThat(new CommandLineInterface((_, _, _) -> reflector, _ -> null, _ -> {
        }, Map.of(), new StubKeyboard()).writingTo(new PrintWriter(running, true), new PrintWriter(running, true))
                .execute("status",
                        "--admin", wrong))
                .isEqualTo(2);
        assertThat(running.toString()).contains("expected an address and port such as 127.0.0.1:9179");
    }
}
