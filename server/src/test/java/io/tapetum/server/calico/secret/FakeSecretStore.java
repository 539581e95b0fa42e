package io.tapetum.server.calico.secret;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Secrets that say what a test says. Thread-safe. */
public final class FakeSecretStore implements SecretStore {

    private final Map<SecretName, Map<String, String>> held = new HashMap<>();
    private final Map<SecretName, SecretListener> followed = new HashMap<>();

    @Override
    public synchronized Following follow(SecretName secret, SecretListener listener) {
        followed.put(secret, listener);
        if (held.containsKey(secret)) {
            listener.found(values(held.get(secret)));
        }
        return () -> stop(secret);
    }

    private synchronized void stop(SecretName secret) {
        followed.remove(secret);
    }

    public synchronized Set<SecretName> followed() {
        return Set.copyOf(followed.keySet());
    }

    /** It has these values now, which are told to whoever follows it. */
    public synchronized void holds(SecretName secret, Map<String, String> texts) {
        held.put(secret, Map.copyOf(texts));
        if (followed.containsKey(secret)) {
            tells(secret).found(values(texts));
        }
    }

    /** Made anew each time, for whoever is told of values wipes them. */
    static Map<String, SecretValue> values(Map<String, String> texts) {
        Map<String, SecretValue> values = new HashMap<>();
        texts.forEach((key, text) -> values.put(key, SecretValue.of(text.getBytes(StandardCharsets.UTF_8))));
        return values;
    }

    /** There is no such Secret, as is told to whoever follows it. */
    public synchronized void lacks(SecretName secret) {
        held.remove(secret);
        tells(secret).missing();
    }

    synchronized SecretListener tells(SecretName secret) {
        return Objects.requireNonNull(followed.get(secret), "nobody follows it");
    }

    @Override
    public synchronized void close() {
        followed.clear();
    }
}
