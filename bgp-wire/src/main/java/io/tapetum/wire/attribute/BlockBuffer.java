package io.tapetum.wire.attribute;

import java.util.Arrays;

/** An octet array that grows; a session keeps one and fills it again and again. */
final class BlockBuffer {

    private byte[] octets = new byte[128];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    byte[] octets() {
        return octets;
    }

    byte[] toArray() {
        return Arrays.copyOf(octets, length);
    }

    /** Starts an attribute; the value follows. The Extended Length bit is set exactly when it is needed. */
    void header(int flags, int type, int valueLength) {
        if (valueLength > AttributeHeader.MAX_SHORT_LENGTH) {
            octet(flags | AttributeType.FLAG_EXTENDED_LENGTH);
            octet(type);
            octet(valueLength >>> 8);
            octet(valueLength);
        } else {
            octet(flags);
            octet(type);
            octet(valueLength);
        }
    }

    void octet(int value) {
        reserve(1);
        octets[length++] = (byte) value;
    }

    void u32(long value) {
        reserve(4);
        octets[length++] = (byte) (value >>> 24);
        octets[length++] = (byte) (value >>> 16);
        octets[length++] = (byte) (value >>> 8);
        octets[length++] = (byte) value;
    }

    void copy(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, octets, length, count);
        length += count;
    }

    private void reserve(int count) {
        if (octets.length - length < count) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + count));
        }
    }
}
