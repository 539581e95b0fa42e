package io.tapetum.server.keys;

import java.util.List;
import java.util.function.Consumer;

/**
 * Two rings as one: Secrets of the Kubernetes API are in one, and what a configuration can name is in the other.
 *
 * @param secrets knows references to Secrets
 * @param others knows all others
 */
public record CompositeKeyring(Keyring secrets, Keyring others) implements Keyring {

    @Override
    public List<TcpKey> valid(String reference) {
        return (reference.startsWith(KeyReference.InSecret.PREFIX) ? secrets : others).valid(reference);
    }

    @Override
    public void whenChanged(Consumer<String> listener) {
        Object turn = new Object();
        Consumer<String> inTurn = reference -> {
            // Each ring has a thread of its own, and the listener is promised one call at a time. Nobody but these threads
            // ever takes this lock, and neither holds another, so it can be a part of no deadlock.
            synchronized (turn) {
                listener.accept(reference);
            }
        };
        secrets.whenChanged(inTurn);
        others.whenChanged(inTurn);
    }
}
