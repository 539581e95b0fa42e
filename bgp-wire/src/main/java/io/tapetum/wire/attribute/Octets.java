package io.tapetum.wire.attribute;

/** Big-endian numbers in octet arrays. */
final class Octets {

    private Octets() {}

    static int u8(byte[] octets, int offset) {
        return octets[offset] & 0xFF;
    }

    static int u16(byte[] octets, int offset) {
        return (octets[offset] & 0xFF) << 8 | (octets[offset + 1] & 0xFF);
    }

    static int i32(byte[] octets, int offset) {
        return u16(octets, offset) << 16 | u16(octets, offset + 2);
    }

    static long u32(byte[] octets, int offset) {
        return i32(octets, offset) & 0xFFFF_FFFFL;
    }
}
