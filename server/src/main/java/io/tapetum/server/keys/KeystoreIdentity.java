package io.tapetum.server.keys;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.tls.TlsIdentity;

/**
 * The TLS certificate in a keystore and its key. The keystore is opened only when it has changed: that takes a second of
 * one core. One thread at a time uses it.
 */
public final class KeystoreIdentity {

    /** After so many looks a keystore is tried again that could not be opened: its passphrase may have changed since. */
    private static final int LOOKS_BEFORE_RETRY = 15;

    private final KeystoreFile file;
    private final KeyReference passphrase;
    private final SecretReader reader;

    /** What was opened last, or could not be; it is encrypted, so there is no need to wipe it. */
    private byte[] known = {};
    private @Nullable TlsIdentity identity;
    private @Nullable KeysException failure;
    private int looksUntilRetry;

    /** @param passphrase where that of the keystore is */
    public KeystoreIdentity(KeystoreFile file, KeyReference passphrase, SecretReader reader) {
        this.file = file;
        this.passphrase = passphrase;
        this.reader = reader;
    }

    /** What the keystore holds now. */
    public TlsIdentity read() throws KeysException {
        byte[] now = file.octets();
        boolean unchanged = Arrays.equals(now, known);
        if (unchanged && identity != null) {
            return identity;
        }
        if (unchanged && failure != null && --looksUntilRetry > 0) {
            throw failure;
        }
        known = now;
        identity = null;
        looksUntilRetry = LOOKS_BEFORE_RETRY;
        try (Passphrase opening = reader.passphrase(passphrase); Keystore keystore = file.decode(now, opening)) {
            TlsIdentity found = keystore.tls().orElseThrow(() -> new KeysException(file
                    + " has no TLS certificate: put one into it with `tapetum keys import-tls`"));
            identity = found;
            return found;
        } catch (KeysException e) {
            failure = e;
            throw e;
        }
    }
}
