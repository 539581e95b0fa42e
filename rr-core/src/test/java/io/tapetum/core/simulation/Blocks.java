package io.tapetum.core.simulation;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.attribute.AttributeType;

/** Octets of path attributes. */
final class Blocks {

    private Blocks() {}

    static void attribute(ByteBuf out, int flags, int type, byte[] value) {
        if (value.length > 255) {
            out.writeByte(flags | AttributeType.FLAG_EXTENDED_LENGTH).writeByte(type).writeShort(value.length);
        } else {
            out.writeByte(flags).writeByte(type).writeByte(value.length);
        }
        out.writeBytes(value);
    }

    /** Whether a block has an attribute of this type. */
    static boolean has(byte[] block, int type) {
        for (int header = 0; header < block.length;) {
            if ((block[header + 1] & 0xFF) == type) {
                return true;
            }
            boolean extended = (block[header] & AttributeType.FLAG_EXTENDED_LENGTH) != 0;
            header += extended
                    ? 4 + ((block[header + 2] & 0xFF) << 8 | block[header + 3] & 0xFF)
                    : 3 + (block[header + 2] & 0xFF);
        }
        return false;
    }

    static byte[] ints(int... values) {
        byte[] octets = new byte[4 * values.length];
        for (int i = 0; i < values.length; i++) {
            octets[4 * i] = (byte) (values[i] >>> 24);
            octets[4 * i + 1] = (byte) (values[i] >>> 16);
            octets[4 * i + 2] = (byte) (values[i] >>> 8);
            octets[4 * i + 3] = (byte) values[i];
        }
        return octets;
    }

    static int intAt(byte[] octets, int offset) {
        return (octets[offset] & 0xFF) << 24 | (octets[offset + 1] & 0xFF) << 16 | (octets[offset + 2] & 0xFF) << 8
                | octets[offset + 3] & 0xFF;
    }

    static int[] intsAt(byte[] octets, int offset, int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = intAt(octets, offset + 4 * i);
        }
        return values;
    }
}
