package io.tapetum.interop.wire;

/**
 * What proves to one end of a session that a packet is the other's.
 *
 * @param key the TCP-MD5 key (RFC 2385), of letters, digits and hyphens so that it means the same in every configuration
 *            language; empty for none
 * @param hops from how far packets may come (RFC 5082); 0 for any distance
 */
public record Protection(String key, int hops) {
    /** Nothing. */
    public static final Protection NONE = new Protection("", 0);

    public Protection {
        if (!key.matches("[A-Za-z0-9-]{0,80}")) {
            throw new IllegalArgumentException("Not a key for every daemon: " + key);
        }
    }

    /** A key only. */
    public static Protection key(String key) {
        return new Protection(key, 0);
    }

    /** TTL security only. */
    public static Protection hops(int hops) {
        return new Protection("", hops);
    }

    /** Whether packets are signed. */
    public boolean signs() {
        return !key.isEmpty();
    }

    /** Whether packets from far away are dropped. */
    public boolean limitsDistance() {
        return hops > 0;
    }

    /** The same with another key. */
    public Protection withKey(String other) {
        return new Protection(other, hops);
    }
}
