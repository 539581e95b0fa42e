package io.tapetum.core.session;

/**
 * What went one way between a peer and us since the peer exists, whatever became of the connections.
 *
 * @param messages how many
 * @param octets of these messages, headers included
 */
public record Traffic(MessageCounts messages, MessageCounts octets) {

    /** Nothing yet. */
    public static final Traffic NONE = new Traffic(MessageCounts.NONE, MessageCounts.NONE);
}
