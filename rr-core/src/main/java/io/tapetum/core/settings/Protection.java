package io.tapetum.core.settings;

/**
 * What the packets of a session have to prove before TCP takes them. Whoever opens sockets sees to it; nothing above does.
 *
 * @param key which TCP-MD5 key (RFC 2385) both sides sign with, in the words of whoever keeps the keys, or "" for none.
 *            Never the key itself
 * @param ttlSecurityHops how many hops away the peer may be at most (RFC 5082): 1 if it is on the same link, up to 255; 0
 *            not to check
 */
public record Protection(String key, int ttlSecurityHops) {

    /** Anybody's packets are taken. */
    public static final Protection NONE = new Protection("", 0);

    /** What a packet starts with whose sender is to be told from one that is further away (RFC 5082 §3). */
    private static final int LARGEST_TTL = 255;

    /** Whether packets have to be signed. */
    public boolean isSigned() {
        return !key.isEmpty();
    }

    /** Whether it matters how far packets have come. */
    public boolean checksTtl() {
        return ttlSecurityHops > 0;
    }

    /** The least time to live that a packet of the peer may have left when it comes, 1 to 255; 0 for any. */
    public int minimumTtl() {
        return checksTtl() ? LARGEST_TTL + 1 - ttlSecurityHops : 0;
    }

    /** The time to live of packets to the peer. The peer may check it, too, so it is the largest where we do. */
    public int ttl(int otherwise) {
        return checksTtl() ? LARGEST_TTL : otherwise;
    }

    /** The same without what can be changed while a session is up: both ends may change the key at the same time. */
    Protection session() {
        return new Protection("", ttlSecurityHops);
    }
}
