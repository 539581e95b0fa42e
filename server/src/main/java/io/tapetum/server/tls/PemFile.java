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

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Reads files in PEM format (RFC 7468). */
public final class PemFile {

    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]*?)-----END \\1-----");

    /** How the forms before PKCS #8 say that there is a passphrase (RFC 1421 §4.6.1.1). */
    private static final String OLD_ENCRYPTION = "Proc-Type: 4,ENCRYPTED";

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

    /**
     * The first private key in a file, without a passphrase: PKCS #8, or one of the forms that older tools write, PKCS #1
     * (RFC 8017) and that of RFC 5915.
     */
    public static PrivateKey privateKey(Path file) throws PemException {
        String text = text(file);
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            String type = block.group(1);
            switch (type) {
                case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return privateKey(file, type, block.group(2));
                }
                case "ENCRYPTED PRIVATE KEY" -> throw passphrase(file);
                default -> {
                    // Parameters of a curve, or a certificate in the same file.
                }
            }
        }
        throw text.contains(OLD_ENCRYPTION)
                ? passphrase(file)
                : new PemException(file + " has no private key: it must be in PEM format", null);
    }

    private static PemException passphrase(Path file) {
        return new PemException(
                file + " has a key with a passphrase: take that away with: openssl pkcs8 -topk8 -nocrypt"
                        + " -in " + file + " -out FILE",
                null);
    }

    private static PrivateKey privateKey(Path file, String type, String base64) throws PemException {
        byte[] encoded;
        try {
            encoded = pkcs8(type, Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            // Without the cause: its message quotes the key.
            throw new PemException(file + " is damaged: its private key is not Base64, or not what its first line says",
                    null);
        } catch (IOException e) {
            throw new PemException(file + " is damaged", e);
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

    /**
     * A key in the one form that Java reads.
     *
     * @throws IllegalArgumentException it is not what its type says
     */
    private static byte[] pkcs8(String type, byte[] key) throws IOException {
        return switch (type) {
            case "RSA PRIVATE KEY" -> new PrivateKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    RSAPrivateKey.getInstance(key)).getEncoded();
            case "EC PRIVATE KEY" -> {
                ECPrivateKey point = ECPrivateKey.getInstance(key);
                yield new PrivateKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, point.getParametersObject()),
                        point).getEncoded();
            }
            default -> key;
        };
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
