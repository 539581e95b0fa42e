package io.tapetum.core.inquiry;

/** How a prefix stands with a peer. */
public enum Standing {

    /** It has been sent, and the kernel has taken it. */
    SENT,
    /** It is going to be sent: the peer has not taken everything yet that comes before. */
    ON_ITS_WAY,
    /** The best path, or every path that it would be told of, is the peer's own, which it is not sent back. */
    OWN,
    /** A rule of reflection or a community keeps it from this peer. */
    WITHHELD,
    /** With the attributes that it must have, no message to this peer could hold it. */
    TOO_LONG,
    /** It was announced, but nothing that was announced may be used. */
    REFUSED,
    /** Nobody announces it. */
    NO_PATH,
    /** The peer does not exchange routes of this family. */
    NOT_NEGOTIATED,
    /** The peer has no session. */
    NO_SESSION
}
