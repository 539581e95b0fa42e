package io.tapetum.wire.attribute;

/**
 * The header of an attribute in an octet array (RFC 4271 §4.3): flags, type, and a length of one octet, or of two with
 * the Extended Length bit.
 */
public final class AttributeHeader {

    /** Longest value that a one-octet length can describe. */
    static final int MAX_SHORT_LENGTH = 255;

    private AttributeHeader() {}

    /** The flags octet. */
    public static int flags(byte[] block, int header) {
        return Octets.u8(block, header);
    }

    /** The type code, 0 to 255. */
    public static int type(byte[] block, int header) {
        return Octets.u8(block, header + 1);
    }

    static boolean isExtended(byte[] block, int header) {
        return (block[header] & AttributeType.FLAG_EXTENDED_LENGTH) != 0;
    }

    /** Where the value starts. */
    public static int value(byte[] block, int header) {
        return header + (isExtended(block, header) ? 4 : 3);
    }

    /** Octets of the value. */
    public static int length(byte[] block, int header) {
        return isExtended(block, header) ? Octets.u16(block, header + 2) : Octets.u8(block, header + 2);
    }

    /** Where the value ends, and the next attribute starts. */
    public static int end(byte[] block, int header) {
        return value(block, header) + length(block, header);
    }

    /** Octets of the header of a value of this length, written without needless extension. */
    static int size(int valueLength) {
        return valueLength > MAX_SHORT_LENGTH ? 4 : 3;
    }
}
