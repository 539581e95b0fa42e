package io.tapetum.server.source;

import java.util.function.Consumer;

import io.tapetum.server.keys.Keyring;

/**
 * Publishes which peers there ought to be. It follows its datastore live, and survives its loss: while it cannot tell
 * what has changed it publishes nothing, so that everything stays as it is.
 */
public interface PeerSource extends AutoCloseable {

    /**
     * Begins to follow the datastore, and returns at once.
     *
     * @param listener told the whole set as soon as it is known completely, and again after every change; one call at a
     *            time, never while the source is being constructed, and not after {@link #close}
     */
    void follow(Consumer<DesiredPeers> listener);

    /** How it is doing; callable by any thread. */
    SourceStatus status();

    /** The keys that only this source knows, by the references in the peers that it publishes. */
    default Keyring keys() {
        return Keyring.EMPTY;
    }

    /** Stops following. The peers that were published stay as they are. */
    @Override
    void close();
}
