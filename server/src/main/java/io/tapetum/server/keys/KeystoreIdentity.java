package io.tapetum.server.keys;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.tls.TlsIdentity;

/** The TLS certificate in a keystore and its key. One thread at a time uses it. */
public final class KeystoreIdentity {

    private final FollowedKeystore keystore;

    /** What the keystore held when it was opened last. */
    private @Nullable TlsIdentity identity;

    /** @param passphrase where that of the keystore is */
    public KeystoreIdentity(KeystoreFile file, KeyReference passphrase, SecretReader reader) {
        this.keystore = new FollowedKeystore(file, passphrase, reader);
    }

    /** What the keystore holds now. */
    public TlsIdentity read() throws KeysException {
        keystore.look(this::certificate).ifPresent(found -> identity = found);
        return Objects.requireNonNull(identity, "the first look returns something or throws");
    }

    private TlsIdentity certificate(Keystore open) throws KeysException {
        return open.tls().orElseThrow(() -> new KeysException(keystore
                + " has no TLS certificate: put one into it with `tapetum keys import-tls`"));
    }
}
