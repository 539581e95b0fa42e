package io.tapetum.rib;

/** What an announcement did to the paths of its session. */
public enum Change {
    /** There was no such path, or it was an earlier session's. */
    ADDED,
    /** The path is a different one now. */
    REPLACED,
    /** The same was announced before, or a newer session of the peer has spoken since. */
    UNCHANGED
}
