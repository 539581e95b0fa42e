package io.tapetum.server.keys;

import java.util.List;
import java.util.function.Consumer;

/** Which keys are valid at this moment. Callable by any thread. */
public interface Keyring {

    /** A ring without any key. */
    Keyring EMPTY = new Keyring() {
        @Override
        public List<TcpKey> valid(String reference) {
            return List.of();
        }

        @Override
        public void whenChanged(Consumer<String> listener) {
            // Nothing ever changes.
        }
    };

    /**
     * The keys that may sign at present, the newest first.
     *
     * @param reference the text of a {@link KeyReference}
     * @return none if there is no such key, or none that can be used; then nobody may have a session with it. More than one
     *         while an overlap lasts
     */
    List<TcpKey> valid(String reference);

    /**
     * Says who is told, by its reference, of every key that comes, changes or goes, and of the end of every overlap. Told
     * by a thread of the ring's own that holds no lock, one call at a time, after the change.
     */
    void whenChanged(Consumer<String> listener);
}
