package io.tapetum.server.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate and its key. Its text shows nothing of the key.
 *
 * @param chain the certificate first, then those of its issuers as far as they are sent along; at least one
 * @param key the private key that belongs to the certificate
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {

    public TlsIdentity {
        chain = List.copyOf(chain);
    }

    /** What two PEM files hold, if it belongs together: halfway through a renewal it does not. */
    public static TlsIdentity read(Path certFile, Path keyFile) throws PemException {
        TlsIdentity identity = new TlsIdentity(PemFile.certificates(certFile), PemFile.privateKey(keyFile));
        if (!identity.belongsTogether()) {
            throw new PemException("the key in " + keyFile + " is not that of the first certificate in " + certFile,
                    null);
        }
        return identity;
    }

    /** Whose certificate it is. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Whether the certificate verifies what the key signs. */
    public boolean belongsTogether() {
        byte[] sample = "who is there".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            });
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(certificate().getPublicKey());
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            // A certificate for a key of another algorithm, or of another length.
            return false;
        }
    }

    @Override
    public String toString() {
        return certificate().getSubjectX500Principal().getName();
    }
}
