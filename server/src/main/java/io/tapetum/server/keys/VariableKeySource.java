package io.tapetum.server.keys;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A variable that holds one key. A process's own environment never changes, so one look is enough. */
final class VariableKeySource implements KeySource {

    private final KeyReference.Variable reference;
    private final SecretReader reader;
    private boolean told;

    VariableKeySource(KeyReference.Variable reference, SecretReader reader) {
        this.reference = reference;
        this.reader = reader;
    }

    @Override
    public Set<KeyReference> references() {
        return Set.of(reference);
    }

    @Override
    public Optional<Map<KeyReference, TcpKey>> look() throws KeysException {
        if (told) {
            return Optional.empty();
        }
        TcpKey key = reader.key(reference);
        told = true;
        return Optional.of(Map.of(reference, key));
    }
}
