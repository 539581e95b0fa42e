package io.tapetum.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.interop.lab.Commands;

class PemFileTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void an_identity_is_a_certificate_and_the_key_that_belongs_to_it(String algorithm) throws Exception {
        TestIdentity made = TestIdentity.of(folder, "rr1", algorithm);

        TlsIdentity read = TlsIdentity.read(made.certificateTo(folder.resolve("cert.pem")),
                made.keyTo(folder.resolve("key.pem")));

        assertThat(read.chain()).containsExactly(made.certificate());
        assertThat(read.key()).isEqualTo(made.key());
        assertThat(read).hasToString("CN=rr1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void the_key_of_another_certificate_is_refused(String algorithm) {
        Path cert = TestIdentity.of(folder, "rr1", "EC").certificateTo(folder.resolve("cert.pem"));
        Path key = TestIdentity.of(folder, "rr1", algorithm).keyTo(folder.resolve("key.pem"));

        assertThatThrownBy(() -> TlsIdentity.read(cert, key)).isInstanceOf(PemException.class)
                .hasMessage("the key in " + key + " is not that of the first certificate in " + cert);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            RSA PRIVATE KEY       | or not what its first line says
                                            EC PRIVATE KEY        | or not what its first line says
                                            ENCRYPTED PRIVATE KEY | has a key with a passphrase
                                            PRIVATE KEY           | has a private key that is damaged
                                            CERTIFICATE           | has no private key
                                            """)
    void a_key_that_cannot_be_read_comes_with_advice_and_is_not_quoted(String type, String advice) throws IOException {
        Path file = Files.writeString(folder.resolve("key.pem"),
                "-----BEGIN %1$s-----\nc2VjcmV0IHRleHQ=\n-----END %1$s-----\n".formatted(type));

        assertThatThrownBy(() -> PemFile.privateKey(file)).isInstanceOf(PemException.class)
                .hasMessageContaining(file.toString()).hasMessageContaining(advice)
                .hasMessageNotContaining("c2VjcmV0IHRleHQ=");
    }

    /** As `openssl genrsa` and `openssl ecparam` wrote them for years. */
    @ParameterizedTest
    @CsvSource({"RSA, 'rsa -traditional'", "EC, ec"})
    void a_key_in_the_form_of_older_tools_is_read(String algorithm, String conversion) throws Exception {
        TestIdentity made = TestIdentity.of(folder, "rr1", algorithm);
        Path key = made.keyTo(folder.resolve("key.pem"));
        Path old = openssl(conversion, key);
        assertThat(old).content().contains("BEGIN " + algorithm + " PRIVATE KEY");

        // It would refuse a key that is not that of the certificate.
        TlsIdentity read = TlsIdentity.read(made.certificateTo(folder.resolve("cert.pem")), old);

        assertThat(read.chain()).containsExactly(made.certificate());
        assertThat(read.key().getAlgorithm()).isEqualTo(algorithm);
    }

    @ParameterizedTest
    @CsvSource({"RSA, 'rsa -traditional'", "EC, ec"})
    void a_key_in_such_a_form_with_a_passphrase_comes_with_advice(String algorithm, String conversion) {
        Path key = TestIdentity.of(folder, "rr1", algorithm).keyTo(folder.resolve("key.pem"));
        Path old = openssl(conversion + " -aes128 -passout pass:secret", key);

        assertThatThrownBy(() -> PemFile.privateKey(old)).isInstanceOf(PemException.class)
                .hasMessageContaining("has a key with a passphrase")
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + old);
    }

    private Path openssl(String conversion, Path key) {
        Path old = folder.resolve("old.pem");
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(conversion.split(" ")));
        command.addAll(List.of("-in", key.toString(), "-out", old.toString()));
        Commands.check(folder, command);
        return old;
    }

    @Test
    void a_key_that_is_no_base64_is_not_quoted() throws IOException {
        Path file = Files.writeString(folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\nc=2=\n-----END PRIVATE KEY-----\n");

        assertThatThrownBy(() -> PemFile.privateKey(file)).hasMessageContaining("its private key is not Base64")
                .hasNoCause();
    }

    @Test
    void a_file_without_certificates_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("cert.pem"), "");
        Path missing = folder.resolve("missing.pem");

        assertThatThrownBy(() -> PemFile.certificates(file)).hasMessage(file
                + " has no certificate: it must be in PEM format");
        assertThatThrownBy(() -> PemFile.certificates(missing)).hasMessage(missing
                + " does not exist: see whether it is mounted");
    }
}
