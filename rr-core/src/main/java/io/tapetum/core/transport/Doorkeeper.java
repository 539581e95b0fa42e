package io.tapetum.core.transport;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.event.Refusal;
import io.tapetum.core.settings.PeerSettings;

/** What sockets have to say about a connection that somebody opened, before its peer hears of it. */
@FunctionalInterface
public interface Doorkeeper {

    /**
     * Asked once for each connection of a peer, and never for those of strangers, so that what it remembers of a source is
     * bounded by how many peers there may be. Must not block.
     *
     * @param peer whose connection it would be; of a range, it does not exist yet
     * @return {@code null} to let it in
     */
    @Nullable
    Refusal refuses(PeerSettings peer);
}
