package io.tapetum.core.reflection;

/** Whether the sessions of an update group are told of a path, and if not, which rule keeps it from them. */
public enum EgressVerdict {

    ADMITTED,
    /** It has the community NO_ADVERTISE: it is for no peer at all (RFC 1997). */
    NO_ADVERTISE,
    /** It is long-lived stale, and they would take it for a fresh one (RFC 9494 §4.3). */
    LONG_LIVED_STALE,
    /** They cannot understand the next hop that it would be sent with (RFC 8950 §4, RFC 4271 §5.1.3). */
    NEXT_HOP,
    /** It comes from a client of their cluster, whose clients are fully meshed (RFC 4456 §10). */
    CLIENT_TO_CLIENT,
    /** It comes from a non-client, and so they are (RFC 4456 §6). */
    NON_CLIENT_TO_NON_CLIENT,
    /** It has the community NO_EXPORT, and they are of another AS (RFC 1997). */
    NO_EXPORT,
    /** It has the community NO_EXPORT_SUBCONFED, and they are of another AS (RFC 1997). */
    NO_EXPORT_SUBCONFED
}
