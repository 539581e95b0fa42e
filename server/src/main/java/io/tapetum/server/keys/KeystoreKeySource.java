package io.tapetum.server.keys;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A keystore of which some keys are used. */
final class KeystoreKeySource implements KeySource {

    private final Set<KeyReference> references;
    private final FollowedKeystore keystore;

    KeystoreKeySource(Set<KeyReference.Stored> references, KeystoreFile file, KeyReference passphrase,
            SecretReader reader) {
        this.references = Set.copyOf(references);
        this.keystore = new FollowedKeystore(file, passphrase, reader);
    }

    @Override
    public Set<KeyReference> references() {
        return references;
    }

    @Override
    public Optional<Map<KeyReference, TcpKey>> look() throws KeysException {
        return keystore.look(this::used);
    }

    private Map<KeyReference, TcpKey> used(Keystore open) {
        Map<KeyReference, TcpKey> used = new HashMap<>();
        open.keys().forEach((name, stored) -> {
            KeyReference reference = new KeyReference.Stored(name);
            if (references.contains(reference)) {
                used.put(reference, stored.key().copy());
            }
        });
        return used;
    }
}
