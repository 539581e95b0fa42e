package io.tapetum.wire.attribute;

import java.util.BitSet;

/** Which types an attribute block has, and where each stands. Reused from block to block. */
final class AttributeIndex {

    private static final int TYPES = 256;

    private final BitSet present = new BitSet(TYPES);
    /** Where the attribute of a type that is {@link #present} starts; a block has at most 65535 octets. */
    private final char[] headers = new char[TYPES];
    private byte[] block = new byte[0];

    /** Starts over, without any attribute. */
    void start(byte[] newBlock) {
        block = newBlock;
        present.clear();
    }

    byte[] block() {
        return block;
    }

    void add(int type, int header) {
        present.set(type);
        headers[type] = (char) header;
    }

    void remove(int type) {
        present.clear(type);
    }

    boolean has(int type) {
        return present.get(type);
    }

    /** The lowest type from this one on that the block has, or -1. */
    int next(int type) {
        return present.nextSetBit(type);
    }

    /* The rest is for types that the block has. */

    int header(int type) {
        return headers[type];
    }

    int flags(int type) {
        return AttributeHeader.flags(block, headers[type]);
    }

    /** Where the value starts. */
    int value(int type) {
        return AttributeHeader.value(block, headers[type]);
    }

    /** Octets of the value. */
    int length(int type) {
        return AttributeHeader.length(block, headers[type]);
    }

    /** Where the value ends. */
    int end(int type) {
        return AttributeHeader.end(block, headers[type]);
    }
}
