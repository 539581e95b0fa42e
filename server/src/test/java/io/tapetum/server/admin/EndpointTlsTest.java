package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.admin.AnswerLimit.Patience;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.AdminSettings.Scope;
import io.tapetum.server.config.Secret;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.KeystoreFile;
import io.tapetum.server.keys.Passphrase;
import io.tapetum.server.tls.TestIdentity;
import io.tapetum.server.tls.TlsIdentity;
import io.tapetum.server.tls.TlsManagers;

/** The endpoint as it is reached from other hosts. */
class EndpointTlsTest {

    private static final String TOKEN = "0123456789abcdef";
    private static final String[] NAMES = {"dns:localhost", "ip:127.0.0.1"};
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path made = Path.of("");

    @SuppressWarnings("NullAway.Init") // before all tests
    private static TestIdentity first;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static TestIdentity second;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static TestIdentity client;

    @TempDir
    private Path folder = Path.of("");

    private final Logged logged = new Logged();
    private Path cert = Path.of("");
    private Path key = Path.of("");
    private Path token = Path.of("");

    @BeforeAll
    static void makeIdentities() {
        first = TestIdentity.of(made, "first", "EC", NAMES);
        second = TestIdentity.of(made, "second", "RSA", NAMES);
        client = TestIdentity.of(made, "client", "EC");
    }

    @BeforeEach
    void writeFiles() throws IOException {
        cert = first.certificateTo(folder.resolve("cert.pem"));
        key = first.keyTo(folder.resolve("key.pem"));
        token = Files.writeString(folder.resolve("token"), TOKEN);
    }

    @AfterEach
    void closeLog() {
        logged.close();
    }

    private Served serve(@Nullable Path clientCa, String... hostNames) throws IOException {
        return Served.everywhere(settings(clientCa, hostNames));
    }

    private AdminSettings settings(@Nullable Path clientCa, String... hostNames) {
        return new AdminSettings(null, List.of(hostNames),
                new AdminSettings.Tls(new AdminSettings.Certificate.Files(cert, key), clientCa),
                List.of(Served.inFile("all", Scope.WRITE, token)));
    }

    private static AdminAccess trusting(Path authority) throws IOException {
        return AdminAccess.with(new Secret(TOKEN), authority, null, null);
    }

    /** Whose certificate a new connection is shown. */
    private static X509Certificate shown(Served served, String protocol) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, TlsManagers.trusting(List.of(first.certificate(), second.certificate())),
                new SecureRandom());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(),
                served.port())) {
            socket.setEnabledProtocols(new String[]{protocol});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void a_certificate_of_any_usual_algorithm_is_shown(String protocol) throws Exception {
        try (Served served = serve(null)) {
            assertThat(shown(served, protocol)).isEqualTo(first.certificate());
        }
        second.certificateTo(cert);
        second.keyTo(key);
        try (Served served = serve(null)) {
            assertThat(shown(served, protocol)).isEqualTo(second.certificate());
        }
    }

    @Test
    void whoever_takes_nothing_of_a_large_answer_is_cut_off() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, TlsManagers.trusting(List.of(first.certificate())), new SecureRandom());
        try (Served served = Served.everywhere(settings(null), new Patience(Duration.ofSeconds(5), PATIENCE));
                Socket socket = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(),
                        served.port())) {
            served.reflector.table = LargeTable.routes();

            socket.getOutputStream().write(("GET /v1/routes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + TOKEN + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200 OK");

            await().atMost(PATIENCE).until(() -> hungUp(socket));
            assertThat(served.reflector.calls).hasSizeLessThan(LargeTable.PAGES);
        }
    }

    /** Whether the server has closed the connection: then nobody takes what is sent to it. */
    private static boolean hungUp(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void older_versions_of_tls_are_not_spoken() throws Exception {
        EndpointTls tls = EndpointTls.open(
                new AdminSettings.Tls(new AdminSettings.Certificate.Files(cert, key), null), Map.of());
        RecordedParameters parameters = new RecordedParameters();

        tls.configure(parameters);

        assertThat(parameters.recorded().getProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    }

    @Test
    void plain_http_is_not_answered() throws Exception {
        try (Served served = serve(null)) {
            assertThat(RawRequest.to(served.port(), "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"))
                    .doesNotContain("HTTP");
        }
    }

    @Test
    void the_client_reaches_it_if_it_trusts_the_certificate() throws Exception {
        try (Served served = serve(null);
                AdminClient asking = new AdminClient(served.endpoint(), trusting(cert))) {
            assertThat(asking.sessions()).hasSize(2);
            asking.drain("over TLS");
            assertThat(served.reflector.calls).containsExactly("drain: over TLS");
        }
    }

    @Test
    void the_client_says_which_option_is_missing() throws Exception {
        TestIdentity elsewhere = TestIdentity.of(made, "elsewhere", "EC", "dns:rr1.example.net");
        try (Served served = serve(null)) {
            try (AdminClient asking = new AdminClient(served.endpoint(), AdminAccess.plain())) {
                assertThatThrownBy(asking::sessions).hasMessageContaining("its certificate is not trusted")
                        .hasMessageContaining("--admin-ca");
            }
            AdminEndpoint plain = AdminEndpoint.parse("127.0.0.1:" + served.port()).orElseThrow();
            try (AdminClient asking = new AdminClient(plain, AdminAccess.plain())) {
                assertThatThrownBy(asking::sessions).hasMessageContaining("say --admin https://HOST:PORT");
            }
        }
        elsewhere.certificateTo(cert);
        elsewhere.keyTo(key);
        try (Served served = serve(null);
                AdminClient asking = new AdminClient(served.endpoint(), trusting(cert))) {
            assertThatThrownBy(asking::sessions).hasMessageContaining("its certificate is for somebody else");
        }
        try (Served served = Served.plain();
                AdminClient asking = new AdminClient(
                        AdminEndpoint.parse("https://127.0.0.1:" + served.port()).orElseThrow(), trusting(cert))) {
            assertThatThrownBy(asking::sessions).hasMessageContaining("leave out https://");
        }
    }

    @Test
    void the_client_sends_no_token_in_clear_to_another_host() {
        assertThatThrownBy(() -> {
            AdminClient asking = new AdminClient(AdminEndpoint.parse("192.0.2.1:9179").orElseThrow(), trusting(cert));
            asking.close();
        }).isInstanceOf(IOException.class).hasMessage(
                "the token would be sent to 192.0.2.1:9179 in clear: say --admin https://HOST:PORT");
    }

    @Test
    void a_renewed_certificate_is_shown_to_the_next_connections() throws Exception {
        try (Served served = serve(null)) {
            assertThat(shown(served, "TLSv1.3")).isEqualTo(first.certificate());

            second.certificateTo(cert);
            second.keyTo(key);

            await().atMost(PATIENCE).until(() -> shown(served, "TLSv1.3").equals(second.certificate()));
            assertThat(logged.lines()).anySatisfy(line -> assertThat(line)
                    .startsWith("INFO the admin endpoint's certificate changed: the new one is used from now on"));
        }
    }

    @Test
    void a_certificate_in_the_keystore_is_shown_and_renewed_there() throws Exception {
        KeystoreFile store = new KeystoreFile(folder.resolve("keystore"));
        try (Passphrase passphrase = Passphrase.of("correct horse battery".toCharArray())) {
            store.create(passphrase);
            store.change(passphrase, keystore -> keystore.putTls(identity(first)));
            AdminSettings settings = new AdminSettings(null, List.of(),
                    new AdminSettings.Tls(new AdminSettings.Certificate.InKeystore(folder.resolve("keystore"),
                            new KeyReference.InFile(Files.writeString(folder.resolve("passphrase"),
                                    "correct horse battery"))),
                            null),
                    List.of(Served.inFile("all", Scope.WRITE, token)));
            try (Served served = Served.everywhere(settings)) {
                assertThat(shown(served, "TLSv1.3")).isEqualTo(first.certificate());

                store.change(passphrase, keystore -> keystore.putTls(identity(second)));

                await().atMost(PATIENCE).until(() -> shown(served, "TLSv1.3").equals(second.certificate()));
            }
        }
    }

    private static TlsIdentity identity(TestIdentity made) {
        return new TlsIdentity(List.of(made.certificate()), made.key());
    }

    @Test
    void a_broken_renewal_keeps_the_old_certificate_and_warns_once_until_it_is_whole() throws Exception {
        try (Served served = serve(null)) {
            second.certificateTo(cert);

            await().atMost(PATIENCE).until(() -> {
                assertThat(shown(served, "TLSv1.3")).isEqualTo(first.certificate());
                return !logged.lines().isEmpty();
            });
            assertThat(logged.lines()).singleElement().asString().startsWith("WARN the admin endpoint's certificate"
                    + " cannot be renewed: the key in " + key + " is not that of the first certificate in " + cert);

            second.keyTo(key);
            await().atMost(PATIENCE).until(() -> shown(served, "TLSv1.3").equals(second.certificate()));
        }
    }

    @Test
    void clients_show_certificates_where_that_is_asked_for() throws Exception {
        Path clientCa = client.certificateTo(folder.resolve("client-ca.pem"));
        Path clientKey = client.keyTo(folder.resolve("client-key.pem"));
        Path otherCert = second.certificateTo(folder.resolve("other.pem"));
        Path otherKey = second.keyTo(folder.resolve("other-key.pem"));
        try (Served served = serve(clientCa)) {
            try (AdminClient asking = new AdminClient(served.endpoint(),
                    AdminAccess.with(new Secret(TOKEN), cert, clientCa, clientKey))) {
                assertThat(asking.sessions()).hasSize(2);
            }
            try (AdminClient asking = new AdminClient(served.endpoint(), trusting(cert))) {
                assertThatThrownBy(asking::sessions).isInstanceOf(IOException.class);
            }
            try (AdminClient asking = new AdminClient(served.endpoint(),
                    AdminAccess.with(new Secret(TOKEN), cert, otherCert, otherKey))) {
                assertThatThrownBy(asking::sessions).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> shownWithoutCertificate(served)).isInstanceOf(SSLException.class);
        }
    }

    /** With TLS 1.3 a client learns only from the first answer that it was refused. */
    private static int shownWithoutCertificate(Served served) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, TlsManagers.trusting(List.of(first.certificate())), new SecureRandom());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(),
                served.port())) {
            return socket.getInputStream().read();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 200", "10.0.0.1:9179, 200", "[2001:db8::1]:9179, 200", "rr1.example.net:9179, 200",
            "RR1.example.NET, 200", "rr2.example.net, 403", "rr1.example.net.evil.example, 403"})
    void beyond_loopback_it_answers_to_addresses_and_to_the_names_that_are_configured(String host, int status)
            throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, TlsManagers.trusting(List.of(first.certificate())), new SecureRandom());
        try (Served served = serve(null, "rr1.example.net");
                SSLSocket socket = (SSLSocket) context.getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), served.port())) {
            socket.getOutputStream().write(("GET /v1/sources HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer "
                    + TOKEN + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readNBytes(12),
                    StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 " + status);
        }
    }

    @Test
    void certificates_that_cannot_be_used_at_the_start_are_explained() throws IOException {
        Files.writeString(cert, "nothing");

        assertThatThrownBy(() -> serve(null)).isInstanceOf(IOException.class).hasMessageContaining(cert.toString());
    }
}
