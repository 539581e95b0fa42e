package io.tapetum.rib;

/** A batch of changed prefixes, or of changed paths of prefixes, as an outbound log takes it. */
public interface PrefixChanges {

    /** The first 64 bits of the prefix of change {@code i}; an IPv4 address stands in the upper 32. */
    long high(int i);

    /** The last 64 bits of an IPv6 prefix, else 0. */
    long low(int i);

    /** Prefix length in bits. */
    int length(int i);

    /** The path identifier it is sent with (RFC 7911 §3); 0 where none is sent. */
    int pathId(int i);

    /** Greater for every later change of the same prefix. */
    long version(int i);

    /**
     * Whether no later change of the same entry has been decided. What is not current may be dropped, because a later
     * change goes the same way; what is current may still be older than another change of the prefix, see
     * {@link #version}.
     */
    boolean isCurrent(int i);
}
