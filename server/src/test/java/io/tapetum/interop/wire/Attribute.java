package io.tapetum.interop.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A path attribute (RFC 4271 §4.3).
 *
 * @param flags the whole flags octet
 * @param type the type code
 * @param value the value in hexadecimal
 */
public record Attribute(int flags, int type, String value) {
    public static final int ORIGIN = 1;
    public static final int AS_PATH = 2;
    public static final int NEXT_HOP = 3;
    public static final int MULTI_EXIT_DISC = 4;
    public static final int LOCAL_PREF = 5;
    public static final int COMMUNITIES = 8;
    public static final int ORIGINATOR_ID = 9;
    public static final int CLUSTER_LIST = 10;
    public static final int MP_REACH_NLRI = 14;
    public static final int MP_UNREACH_NLRI = 15;
    public static final int EXTENDED_COMMUNITIES = 16;
    public static final int LARGE_COMMUNITY = 32;

    /** Flags of a well-known attribute. */
    public static final int WELL_KNOWN = 0x40;
    public static final int OPTIONAL = 0x80;
    public static final int OPTIONAL_TRANSITIVE = 0xC0;
    public static final int PARTIAL = 0x20;
    private static final int EXTENDED_LENGTH = 0x10;

    /** The attribute at the buffer's position, which moves behind it. */
    static Attribute read(ByteBuffer octets) {
        int flags = octets.get() & 0xFF;
        int type = octets.get() & 0xFF;
        int length = (flags & EXTENDED_LENGTH) != 0 ? octets.getShort() & 0xFFFF : octets.get() & 0xFF;
        byte[] value = new byte[length];
        octets.get(value);
        return new Attribute(flags, type, HexFormat.of().formatHex(value));
    }

    /** What the attribute says, whichever of the two ways its length was written in. */
    public Attribute withoutLengthForm() {
        return new Attribute(flags & ~EXTENDED_LENGTH, type, value);
    }

    void write(ByteArrayOutputStream out) {
        byte[] octets = HexFormat.of().parseHex(value);
        boolean extended = octets.length > 255 || (flags & EXTENDED_LENGTH) != 0;
        out.write(extended ? flags | EXTENDED_LENGTH : flags);
        out.write(type);
        if (extended) {
            out.write(octets.length >> 8);
        }
        out.write(octets.length);
        out.writeBytes(octets);
    }
}
