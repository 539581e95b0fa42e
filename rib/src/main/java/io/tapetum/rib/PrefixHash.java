package io.tapetum.rib;

/**
 * The hash of a prefix, for the tables of this module.
 *
 * <p>All 64 bits are well mixed. Tables take their slot from the upper bits, so that a walk in slot order is a walk in
 * hash order whatever the capacity; stripes are chosen by the lower bits, so that the two are independent.
 */
public final class PrefixHash {

    private PrefixHash() {}

    /** The hash of a prefix whose bits after {@code length} are zero; the same in every process. */
    public static long of(long high, long low, int length) {
        long hash = high * 0x9E3779B97F4A7C15L ^ Long.rotateLeft(low * 0xC2B2AE3D27D4EB4FL, 31) + length;
        hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
        hash = (hash ^ (hash >>> 29)) * 0xA24BAED4963EE407L;
        return hash ^ (hash >>> 32);
    }
}
