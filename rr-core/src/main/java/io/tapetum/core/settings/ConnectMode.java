package io.tapetum.core.settings;

/** Who opens the TCP connection of a session. */
public enum ConnectMode {
    /** The peer does; it is never connected to. */
    PASSIVE,
    /** Either side does, as soon as it can. */
    ACTIVE,
    /**
     * The peer is expected to, and is connected to only after {@link SessionTimers#fallbackDelay}: a calico-node that is
     * connected to while it connects itself takes longer to come up.
     */
    FALLBACK
}
