package io.tapetum.server.calico.secret;

import java.util.Comparator;

import io.tapetum.server.keys.KeyReference;

/** Which Secret. */
public record SecretName(String namespace, String name) implements Comparable<SecretName> {

    private static final Comparator<SecretName> ORDER = Comparator.comparing(SecretName::namespace)
            .thenComparing(SecretName::name);

    static SecretName of(KeyReference.InSecret reference) {
        return new SecretName(reference.namespace(), reference.name());
    }

    @Override
    public int compareTo(SecretName other) {
        return ORDER.compare(this, other);
    }

    /** As operators write it. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
