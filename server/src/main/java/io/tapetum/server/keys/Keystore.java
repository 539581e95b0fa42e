package io.tapetum.server.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.tls.TlsIdentity;

/**
 * A keystore that is open: TCP-MD5 keys by name, and at most one TLS certificate with its key. Encoded it is a keystore of
 * {@link Bcfks}, encrypted, and protected so that a change of any octet is noticed.
 *
 * <p>
 * Closing it overwrites the keys; copies that Bouncy Castle made are left to the garbage collector. For one thread at a
 * time.
 */
public final class Keystore implements AutoCloseable {

    /** The entry that has all TCP-MD5 keys. */
    private static final String KEYS = "tcp-md5-keys";
    private static final String TLS = "tls";

    /** Of those which BCFKS knows, one whose keys may be any octets. */
    private static final String ANY_OCTETS = "HmacSHA512";

    private final KeyStore entries;
    private final Passphrase passphrase;
    private final SortedMap<String, StoredKey> keys;

    private Keystore(KeyStore entries, Passphrase passphrase, SortedMap<String, StoredKey> keys) {
        this.entries = entries;
        this.passphrase = passphrase;
        this.keys = keys;
    }

    /** A new one. The passphrase is still needed when it is encoded. */
    static Keystore empty(Passphrase passphrase) {
        try {
            KeyStore entries = Bcfks.keystore();
            entries.load(null, null);
            return new Keystore(entries, passphrase, new TreeMap<>());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Bouncy Castle makes no keystore", e);
        }
    }

    /**
     * The keystore that is encoded so. The passphrase is still needed while it is used.
     *
     * @throws KeysException if it is none, or the passphrase is another one; to be completed with the name of the file
     */
    static Keystore decode(byte[] encoded, Passphrase passphrase) throws KeysException {
        KeystoreHeader.check(encoded);
        Keystore keystore = empty(passphrase);
        try {
            keystore.entries.load(new ByteArrayInputStream(encoded), passphrase.characters());
            keystore.readKeys();
            return keystore;
        } catch (KeysException e) {
            throw e;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Damaged files make Bouncy Castle fail in any way; which part was damaged helps nobody.
            throw new KeysException(
                    "cannot be opened with this passphrase: it is the passphrase of another keystore, or"
                            + " the file was damaged; see keys.passphrase or --passphrase, or take a copy of the file",
                    e);
        }
    }

    private void readKeys() throws GeneralSecurityException, KeysException {
        Key secret = entries.getKey(KEYS, passphrase.characters());
        if (secret == null) {
            return;
        }
        byte[] packed = secret.getEncoded();
        try {
            keys.putAll(KeyPack.unpack(packed));
        } finally {
            Arrays.fill(packed, (byte) 0);
        }
    }

    byte[] encoded() {
        byte[] packed = KeyPack.pack(keys);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            entries.setKeyEntry(KEYS, new SecretKeySpec(packed, ANY_OCTETS), passphrase.characters(), null);
            Bcfks.store(entries, out, passphrase.characters(), Bcfks.DERIVATION);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Bouncy Castle cannot encode a keystore of its own", e);
        } finally {
            Arrays.fill(packed, (byte) 0);
        }
    }

    /** The keys by name, which change with this keystore. */
    public SequencedMap<String, StoredKey> keys() {
        return Collections.unmodifiableSortedMap(keys);
    }

    /**
     * Adds a key under a new name.
     *
     * @throws KeysException if the name is taken
     */
    public void add(String name, TcpKey key, Instant now) throws KeysException {
        if (keys.containsKey(name)) {
            throw new KeysException("there is a key " + name + " already: change it with `tapetum keys rotate " + name
                    + "`, or take another name");
        }
        put(name, key, now);
    }

    /**
     * Puts another key in the place of one.
     *
     * @throws KeysException if there is no such key, or it is this one
     */
    public void rotate(String name, TcpKey key, Instant now) throws KeysException {
        if (existing(name).key().equals(key)) {
            throw new KeysException(name + " has this key already; a rotation needs another");
        }
        put(name, key, now);
    }

    /** Adds a key, or puts it in the place of the one that had its name, unless that is the same. */
    public void put(String name, TcpKey key, Instant now) {
        if (!KeyReference.Stored.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no key can be called " + name);
        }
        StoredKey before = keys.get(name);
        if (before == null) {
            keys.put(name, new StoredKey(key.copy(), now, now));
        } else if (!before.key().equals(key)) {
            keys.put(name, new StoredKey(key.copy(), before.created(), now));
            before.key().wipe();
        }
    }

    /**
     * Takes a key out, and wipes it.
     *
     * @throws KeysException if there is no such key
     */
    public void remove(String name) throws KeysException {
        existing(name).key().wipe();
        keys.remove(name);
    }

    private StoredKey existing(String name) throws KeysException {
        StoredKey stored = keys.get(name);
        if (stored == null) {
            throw new KeysException("there is no key " + name + "; "
                    + (keys.isEmpty() ? "the keystore is empty" : "there are " + String.join(", ", keys.keySet())));
        }
        return stored;
    }

    /** The certificate and key for TLS. */
    public Optional<TlsIdentity> tls() throws KeysException {
        try {
            Key key = entries.getKey(TLS, passphrase.characters());
            Certificate @Nullable [] chain = entries.getCertificateChain(TLS);
            return key == null || chain == null ? Optional.empty() : Optional.of(identity(key, chain));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new KeysException("the TLS key in the keystore cannot be read: import it again with"
                    + " `tapetum keys import-tls`", e);
        }
    }

    /** The same in Java's own classes: Java's TLS does not take all of Bouncy Castle's. */
    private static TlsIdentity identity(Key key, Certificate[] chain) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : chain) {
            if (factory.generateCertificate(
                    new ByteArrayInputStream(certificate.getEncoded())) instanceof X509Certificate x509) {
                certificates.add(x509);
            }
        }
        String algorithm = certificates.getFirst().getPublicKey().getAlgorithm();
        byte[] encoded = key.getEncoded();
        try {
            PrivateKey own = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new TlsIdentity(certificates, own);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** Puts the certificate and key for TLS in the place of those that were there. */
    public void putTls(TlsIdentity identity) {
        try {
            entries.setKeyEntry(TLS, identity.key(), passphrase.characters(),
                    identity.chain().toArray(Certificate[]::new));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle takes no private key", e);
        }
    }

    @Override
    public void close() {
        keys.values().forEach(stored -> stored.key().wipe());
        keys.clear();
    }
}
