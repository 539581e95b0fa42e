package io.tapetum.server.keys;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;

import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.crypto.util.PBKDFConfig;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter.EncryptionAlgorithm;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter.MacAlgorithm;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * What Bouncy Castle does for a {@link Keystore}, in a class of its own: Java checks the signature of its jar when it loads
 * the first class out of it, which takes a tenth of a second, and a reflector without keystore need not wait for that.
 *
 * <p>
 * The keystore is encrypted with AES-256-CCM and protected by an HMAC-SHA-512. The keys of both are derived from the
 * passphrase with PBKDF2-HMAC-SHA-512 in 210,000 rounds, as OWASP advises. That makes each guess, and each opening, take
 * about a third and two thirds of a second of one core. scrypt would cost a guesser more; but Bouncy Castle uses its block
 * size as parallelization too, so that the customary parameters need 1 s and 16 MiB here, of which a small reflector's heap
 * has hardly more.
 */
final class Bcfks {

    private static final int ROUNDS = 210_000;
    private static final int SALT_OCTETS = 32;

    /** How the keys of a keystore that we write come from its passphrase. */
    static final PBKDFConfig DERIVATION = new PBKDF2Config.Builder().withPRF(PBKDF2Config.PRF_SHA512)
            .withIterationCount(ROUNDS).withSaltLength(SALT_OCTETS).build();

    /** Asked by name for this keystore only: nothing else in the process should find other algorithms than Java's own. */
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private Bcfks() {}

    /** A keystore that has to be loaded. */
    static KeyStore keystore() throws KeyStoreException {
        return KeyStore.getInstance("BCFKS", PROVIDER);
    }

    static void store(KeyStore entries, OutputStream out, char[] passphrase, PBKDFConfig derivation)
            throws GeneralSecurityException, IOException {
        entries.store(new BCFKSLoadStoreParameter.Builder(out, passphrase).withStorePBKDFConfig(derivation)
                .withStoreEncryptionAlgorithm(EncryptionAlgorithm.AES256_CCM)
                .withStoreMacAlgorithm(MacAlgorithm.HmacSHA512).build());
    }
}
