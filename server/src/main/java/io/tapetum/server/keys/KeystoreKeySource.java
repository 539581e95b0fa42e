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
        byte[] now = file.octets();
        // Whoever copies a keystore here leaves half of it for a moment.
        boolean settled = known == null || Arrays.equals(now, seen);
        seen = now;
        if (!settled) {
            return Optional.empty();
        }
        if (Arrays.equals(now, known)) {
            if (failure == null) {
                return Optional.empty();
            }
            if (--looksUntilRetry > 0) {
                throw failure;
            }
        }
        known = now;
        looksUntilRetry = LOOKS_BEFORE_RETRY;
        try (Passphrase opening = reader.passphrase(passphrase); Keystore keystore = file.decode(now, opening)) {
            failure = null;
            return Optional.of(used(keystore));
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
