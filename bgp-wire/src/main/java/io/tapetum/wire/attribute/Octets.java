package io.tapetum.wire.attribute;

/** Big-endian numbers in octet arrays. */
public final class Octets {

    private Octets() {}

    /** One octet, 0 to 255. */
    public static int u8(byte[] octets, int offset) {
        return octets[offset] & 0xFF;
    }

    /** Two octets, 0 to 65535. */
    public static int u16(byte[] octets, int offset) {
        return (octets[offset] & 0xFF) << 8 | (octets[offset + 1] & 0xFF);
    }

    /** Four octets as they are, such as an address. */
    public static int i32(byte[] octets, int offset) {
        return u16(octets, offset) << 16 | u16(octets, offset + 2);
    }

    /** Four octets, 0 to 2^32 - 1. */
    public static long u32(byte[] octets, int offset) {
        return i32(octets, offset) & 0xFFFF_FFFFL;
    }

    /** A hash of {@code octets[0, count)}. */
    static int hash(byte[] octets, int count) {
        int hash = 1;
        for (int i = 0; i < count; i++) {
            hash = 31 * hash + octets[i];
        }
        return hash;
    }

    /** Eight octets as they are. */
    public static long i64(byte[] octets, int offset) {
        return (long) i32(octets, offset) << 32 | u32(octets, offset + 4);
    }
}
