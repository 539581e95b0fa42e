package io.tapetum.server.etcd;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.EtcdSettings;

/**
 * What the PEM files of the settings hold. They are read for every connection, so that renewed certificates are used
 * without a restart.
 *
 * @param authorities who may have signed etcd's certificate; empty for those that Java knows
 * @param chain our certificate first; empty if we have none
 * @param key of our certificate
 */
public record TlsFiles(List<X509Certificate> authorities, List<X509Certificate> chain, @Nullable PrivateKey key) {

    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]*?)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /** The stores live in memory only, for as long as it takes to make managers of them. */
    private static final char[] NO_PASSWORD = {};

    public TlsFiles {
        authorities = List.copyOf(authorities);
        chain = List.copyOf(chain);
    }

    public static TlsFiles read(EtcdSettings settings) throws EtcdException {
        if ((settings.certFile() == null) != (settings.keyFile() == null)) {
            throw new EtcdException("a client certificate for etcd needs both its file and that of its key");
        }
        return new TlsFiles(settings.caFile() == null ? List.of() : certificates(settings.caFile()),
                settings.certFile() == null ? List.of() : certificates(settings.certFile()),
                settings.keyFile() == null ? null : key(settings.keyFile()));
    }

    /** What decides whether etcd's certificate is trusted; {@code null} for what Java has by itself. */
    public TrustManager @Nullable [] trustManagers() throws EtcdException {
        if (authorities.isEmpty()) {
            return null;
        }
        try {
            KeyStore trusted = emptyStore();
            for (int i = 0; i < authorities.size(); i++) {
                trusted.setCertificateEntry("ca" + i, authorities.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new EtcdException("the CA certificates for etcd are of no use: " + e.getMessage(), e);
        }
    }

    /** What shows our certificate; {@code null} if we have none. */
    public KeyManager @Nullable [] keyManagers() throws EtcdException {
        if (key == null) {
            return null;
        }
        try {
            KeyStore ours = emptyStore();
            ours.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(ours, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new EtcdException("the client certificate for etcd and its key are of no use: " + e.getMessage(), e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<X509Certificate> certificates(Path file) throws EtcdException {
        String text = text(file);
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = factory
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .stream().map(X509Certificate.class::cast).toList();
            if (certificates.isEmpty()) {
                throw new EtcdException(file + " has no certificate: it must be in PEM format");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new EtcdException(file + " has no certificate that can be read: it must be in PEM format", e);
        }
    }

    private static PrivateKey key(Path file) throws EtcdException {
        Matcher block = BLOCK.matcher(text(file));
        while (block.find()) {
            String type = block.group(1);
            switch (type) {
                case "PRIVATE KEY" -> {
                    return key(file, block.group(2));
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> throw new EtcdException(file
                        + " has a key in an old format (" + type
                        + "): convert it with: openssl pkcs8 -topk8 -nocrypt -in "
                        + file + " -out FILE");
                case "ENCRYPTED PRIVATE KEY" -> throw new EtcdException(file
                        + " has a key with a passphrase: take that away with: openssl pkcs8 -in " + file
                        + " -out FILE");
                default -> {
                    // Parameters of a curve, or a certificate in the same file.
                }
            }
        }
        throw new EtcdException(file + " has no private key: it must be PKCS #8 in PEM format");
    }

    private static PrivateKey key(Path file, String base64) throws EtcdException {
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes the key.
            throw new EtcdException(file + " is damaged: its private key is not Base64");
        }
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException _) {
                // Of another algorithm; which one, only trying tells.
            } catch (GeneralSecurityException e) {
                throw new EtcdException("this Java cannot read keys of " + algorithm, e);
            }
        }
        throw new EtcdException(file + " has a private key that is damaged, or of an algorithm other than "
                + String.join(", ", KEY_ALGORITHMS));
    }

    private static String text(Path file) throws EtcdException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new EtcdException(file + " does not exist: see whether it is mounted", e);
        } catch (IOException e) {
            throw new EtcdException(file + " cannot be read: " + e, e);
        }
    }
}
