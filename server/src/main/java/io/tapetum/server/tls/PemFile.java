package io.tapetum.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads files in PEM format (RFC 7468). */
public final class PemFile {

    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]*?)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PemFile() {}

    /** Every certificate in a file, at least one. */
    public static List<X509Certificate> certificates(Path file) throws PemException {
        String text = text(file);
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = factory
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))
                    .stream().map(X509Certificate.class::cast).toList();
            if (certificates.isEmpty()) {
                throw new PemException(file + " has no certificate: it must be in PEM format", null);
            }
            return certificates;
        } catch (CertificateException e) {
            throw new PemException(file + " has no certificate that can be read: it must be in PEM format", e);
        }
    }

    /** The first private key in a file, which must be PKCS #8 without a passphrase. */
    public static PrivateKey privateKey(Path file) throws PemException {
        Matcher block = BLOCK.matcher(text(file));
        while (block.find()) {
            String type = block.group(1);
            switch (type) {
                case "PRIVATE KEY" -> {
                    return privateKey(file, block.group(2));
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> throw new PemException(file
                        + " has a key in an old format (" + type
                        + "): convert it with: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out FILE", null);
                case "ENCRYPTED PRIVATE KEY" -> throw new PemException(file
                        + " has a key with a passphrase: take that away with: openssl pkcs8 -in " + file
                        + " -out FILE", null);
                default -> {
                    // Parameters of a curve, or a certificate in the same file.
                }
            }
        }
        throw new PemException(file + " has no private key: it must be PKCS #8 in PEM format", null);
    }

    private static PrivateKey privateKey(Path file, String base64) throws PemException {
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes the key.
            throw new PemException(file + " is damaged: its private key is not Base64", null);
        }
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException _) {
                // Of another algorithm; which one, only trying tells.
            } catch (GeneralSecurityException e) {
                throw new PemException("this Java cannot read keys of " + algorithm, e);
            }
        }
        throw new PemException(file + " has a private key that is damaged, or of an algorithm other than "
                + String.join(", ", KEY_ALGORITHMS), null);
    }

    private static String text(Path file) throws PemException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new PemException(file + " does not exist: see whether it is mounted", e);
        } catch (IOException e) {
            throw new PemException(file + " cannot be read: " + e, e);
        }
    }
}
