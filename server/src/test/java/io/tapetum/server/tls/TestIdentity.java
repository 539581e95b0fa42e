package io.tapetum.server.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.tapetum.interop.lab.Commands;

/**
 * A certificate that its owner has signed himself, made by the {@code keytool} of this Java, as PEM files.
 *
 * @param certificate of its owner, who is his own authority
 */
public record TestIdentity(X509Certificate certificate, PrivateKey key) {

    private static final String PASSWORD = "changeit";

    /** One for some names and addresses, such as {@code dns:localhost}. */
    public static TestIdentity of(Path folder, String commonName, String algorithm, String... alternativeNames) {
        Path store = folder.resolve("identity-" + System.nanoTime() + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "own",
                "-keyalg", algorithm, "-dname", "CN=" + commonName, "-validity", "30", "-storetype", "PKCS12",
                "-keystore",
                store.toString(), "-storepass", PASSWORD));
        if (alternativeNames.length > 0) {
            command.addAll(List.of("-ext", "san=" + String.join(",", alternativeNames)));
        }
        Commands.check(folder, command);
        try {
            KeyStore loaded = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            return new TestIdentity((X509Certificate) loaded.getCertificate("own"),
                    (PrivateKey) loaded.getKey("own", PASSWORD.toCharArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the certificate. */
    public Path certificateTo(Path file) {
        try {
            return write(file, "CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the key. */
    public Path keyTo(Path file) {
        return write(file, "PRIVATE KEY", key.getEncoded());
    }

    private static Path write(Path file, String type, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
        try {
            return Files.writeString(file,
                    "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
