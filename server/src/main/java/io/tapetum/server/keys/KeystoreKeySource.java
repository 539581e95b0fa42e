package io.tapetum.server.keys;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** A keystore of which some keys are used. It is opened only when it has changed: that takes a second of one core. */
final class KeystoreKeySource implements KeySource {

    /** After so many looks a keystore is tried again that could not be opened: its passphrase may have changed since. */
    private static final int LOOKS_BEFORE_RETRY = 30;

    private final Set<KeyReference> references;
    private final KeystoreFile file;
    private final KeyReference passphrase;
    private final SecretReader reader;

    /** What was opened last, or could not be; it is encrypted, so there is no need to wipe it. */
    private byte @Nullable [] known;
    private byte @Nullable [] seen;
    private @Nullable KeysException failure;
    private int looksUntilRetry;

    KeystoreKeySource(Set<KeyReference.Stored> references, KeystoreFile file, KeyReference passphrase,
            SecretReader reader) {
        this.references = Set.copyOf(references);
        this.file = file;
        this.passphrase = passphrase;
        this.reader = reader;
    }

    @Override
    public Set<KeyReference> references() {
        return references;
    }

    @Override
    public Optional<Map<KeyReference, TcpKey>> look() throws KeysException {
        byte[] now = octets();
        // Whoever copies a keystore here leaves half of it for a moment.
        boolean settled = known == null || Arrays.equals(now, seen);
        seen = now;
        boolean news = settled && (!Arrays.equals(now, known) || failure != null && --looksUntilRetry <= 0);
        if (news) {
            return Optional.of(opened(now));
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    private byte[] octets() throws KeysException {
        try {
            return file.octets();
        } catch (KeysException e) {
            failure = e;
            known = null;
            throw e;
        }
    }

    private Map<KeyReference, TcpKey> opened(byte[] octets) throws KeysException {
        known = octets;
        looksUntilRetry = LOOKS_BEFORE_RETRY;
        try (Passphrase opening = reader.passphrase(passphrase); Keystore keystore = file.decode(octets, opening)) {
            failure = null;
            return used(keystore);
        } catch (KeysException e) {
            failure = e;
            throw e;
        }
    }

    private Map<KeyReference, TcpKey> used(Keystore keystore) {
        Map<KeyReference, TcpKey> used = new HashMap<>();
        keystore.keys().forEach((name, stored) -> {
            KeyReference reference = new KeyReference.Stored(name);
            if (references.contains(reference)) {
                used.put(reference, stored.key().copy());
            }
        });
        return used;
    }
}
