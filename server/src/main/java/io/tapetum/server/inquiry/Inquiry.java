package io.tapetum.server.inquiry;

import java.util.Optional;

import io.tapetum.wire.nlri.Prefix;

/**
 * What can be asked about routes. All methods may be called by any thread; whoever asks waits for himself, and holds
 * nobody up for longer than a change of one prefix would.
 */
public interface Inquiry {

    /**
     * Routes, a page at a time.
     *
     * @throws UnknownPeerException if the query names a peer that there is not
     * @throws IllegalArgumentException if the query goes on after a page that is none; the message says so
     */
    RoutePage routes(RouteQuery query) throws UnknownPeerException;

    /**
     * Why a peer has a prefix, or has it not.
     *
     * @param peer by name or address
     * @throws UnknownPeerException if there is no such peer
     */
    Explanation explain(String peer, Prefix prefix) throws UnknownPeerException;

    /** What has happened to a prefix since somebody asked for it to be followed; empty if nobody did. */
    Optional<PrefixHistory> history(Prefix prefix);

    /**
     * Begins to follow a prefix, or follows it for longer. Only a few can be followed at a time, each for an hour.
     *
     * @return whether it is followed; else as many others are as can be
     */
    boolean follow(Prefix prefix);
}
