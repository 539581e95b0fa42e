package io.tapetum.core.settings;

/** A peer's part in reflection (RFC 4456 §6). */
public enum PeerRole {
    /** An internal peer whose routes are passed to everybody and who gets everybody's. */
    CLIENT,
    /** An internal peer that is part of the full mesh: another reflector, say. */
    NON_CLIENT,
    /** A peer of another AS. */
    EXTERNAL
}
