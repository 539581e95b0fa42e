package io.tapetum.server.keys;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** A file that holds one key. */
final class FileKeySource implements KeySource {

    private final KeyReference.InFile reference;
    private final SecretReader reader;

    private @Nullable TcpKey told;
    private @Nullable TcpKey seen;

    FileKeySource(KeyReference.InFile reference, SecretReader reader) {
        this.reference = reference;
        this.reader = reader;
    }

    @Override
    public Set<KeyReference> references() {
        return Set.of(reference);
    }

    /**
     * Compares keys, not dates: Kubernetes replaces a link two folders above the file. An editor or a shell leaves half a key
     * for a moment, so another key counts once two looks in a row have found it.
     */
    @Override
    public Optional<Map<KeyReference, TcpKey>> look() throws KeysException {
        TcpKey now = reader.key(reference);
        boolean settled = told == null || now.equals(seen);
        if (seen != null) {
            seen.wipe();
        }
        seen = now;
        if (!settled || now.equals(told)) {
            return Optional.empty();
        }
        if (told != null) {
            told.wipe();
        }
        told = now.copy();
        return Optional.of(Map.of(reference, now.copy()));
    }
}
