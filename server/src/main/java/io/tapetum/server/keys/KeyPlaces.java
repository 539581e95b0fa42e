package io.tapetum.server.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Where the keys of a process may be, but for those in the Kubernetes API.
 *
 * @param keystore {@code null} if there is none
 * @param passphrase where that of the keystore is: in a file or a variable; {@code null} if there is no keystore
 * @param variables the environment
 */
public record KeyPlaces(@Nullable KeystoreFile keystore, @Nullable KeyReference passphrase,
        Map<String, String> variables) {

    public KeyPlaces {
        variables = Map.copyOf(variables);
    }

    /** Not the variables, of which any may be a key. */
    @Override
    public String toString() {
        return "keystore " + keystore + " with passphrase " + passphrase;
    }

    /**
     * What has to be looked at for these references.
     *
     * @throws IllegalArgumentException if one is of a kind that is not here
     */
    List<KeySource> sources(Collection<KeyReference> references) {
        SecretReader reader = new SecretReader(variables);
        List<KeySource> sources = new ArrayList<>();
        Set<KeyReference.Stored> stored = new LinkedHashSet<>();
        for (KeyReference reference : new LinkedHashSet<>(references)) {
            switch (reference) {
                case KeyReference.Stored inKeystore -> stored.add(inKeystore);
                case KeyReference.InFile file -> sources.add(new FileKeySource(file, reader));
                case KeyReference.Variable variable -> sources.add(new VariableKeySource(variable, reader));
                case KeyReference.InSecret secret -> throw new IllegalArgumentException(secret + " is elsewhere");
            }
        }
        if (!stored.isEmpty()) {
            if (keystore == null || passphrase == null) {
                throw new IllegalArgumentException(stored.iterator().next() + " is in a keystore, and there is none");
            }
            sources.add(new KeystoreKeySource(stored, keystore, passphrase, reader));
        }
        return sources;
    }
}
