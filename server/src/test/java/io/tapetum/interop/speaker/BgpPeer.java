package io.tapetum.interop.speaker;

import java.util.List;
import java.util.Optional;

import io.tapetum.interop.lab.Host;

/** A BGP daemon. One thread uses it. */
public interface BgpPeer {
    Host host();

    /** Starts it with everything announced so far; when it was stopped before, as a restart that keeps forwarding. */
    void start();

    /** Stops it as its operator would. */
    void stop();

    /** Ends it with SIGKILL: the kernel closes its connections without a word of BGP. */
    void kill();

    /** Originates a route, or changes the one it originates for that prefix; at once if it runs. */
    void announce(Announcement announcement);

    /** Originates a route no longer. */
    void withdraw(String prefix);

    /**
     * Gives it another TCP-MD5 key for a neighbour, as its operator would, or takes its key away if that is empty; at once if
     * it runs. What becomes of the session is its own affair.
     */
    void rekey(String neighbour, String key);

    /** Whether the session with a neighbour is Established. */
    default boolean sessionUp(String neighbour) {
        return session(neighbour).isPresent();
    }

    /**
     * Which session with a neighbour is Established, in its own words: since when, or which one it is since its start. It is
     * the same for as long as the session goes on, and another for the next one.
     */
    Optional<String> session(String neighbour);

    /** The best of the routes for a prefix that it learned from its neighbours. */
    default Optional<SeenRoute> route(String prefix) {
        return routes(prefix).stream().findFirst();
    }

    /** All routes for a prefix that it learned from its neighbours, the best first. */
    List<SeenRoute> routes(String prefix);
}
