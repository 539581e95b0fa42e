package io.tapetum.server.reflector;

import io.tapetum.server.inquiry.UnknownPeerException;

/**
 * What operators do to single sessions. All methods may be called by any thread; they return when the session's event
 * loop has done it. {@code peer} is a name or an address, and {@link #ALL} for every one there is.
 */
public interface Interventions {

    /** In the place of a peer: all of them. */
    String ALL = "all";

    /** What of a session begins anew. */
    enum Clear {
        /** The peer is asked for its routes (RFC 2918). */
        SOFT_IN,
        /** The peer is sent all routes again. */
        SOFT_OUT,
        /** The session, with Cease/Administrative Reset (RFC 4486). */
        HARD
    }

    /**
     * Begins something anew.
     *
     * @param message what a peer whose session ends is told (RFC 9003), at most 255 octets in UTF-8; empty for none
     * @return of how many sessions; one that is not up, or a soft-in of a peer that cannot refresh, does not count
     */
    int clear(String peer, Clear what, String message) throws UnknownPeerException;

    /**
     * Ends the session with Cease/Administrative Shutdown and accepts no other until {@link #start}, or until the process
     * is restarted.
     *
     * @param message as above
     * @return of how many peers
     */
    int shutdown(String peer, String message) throws UnknownPeerException;

    /** Lets peers that were shut down come back; returns how many those are. */
    int start(String peer) throws UnknownPeerException;
}
