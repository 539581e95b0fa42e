package io.tapetum.rib;

/**
 * A batch of changed prefixes, or of changed paths of prefixes, as an outbound log takes it. A class and no interface: as
 * long as there is one kind of batch only, calls cost nothing.
 */
public abstract class PrefixChanges {

    /** The first 64 bits of the prefix of change {@code i}; an IPv4 address stands in the upper 32. */
    public abstract long high(int i);

    /** The last 64 bits of an IPv6 prefix, else 0. */
    public abstract long low(int i);

    /** Prefix length in bits. */
    public abstract int length(int i);

    /** The path identifier it is sent with (RFC 7911 §3); 0 where none is sent. */
    public abstract int pathId(int i);

    /** Greater for every later change of the same prefix. */
    public abstract long version(int i);

    /**
     * Whether no later change of the same entry has been decided. What is not current may be dropped, because a later
     * change goes the same way; what is current may still be older than another change of the prefix, see
     * {@link #version}.
     */
    public abstract boolean isCurrent(int i);
}
