package io.tapetum.wire.attribute;

import java.nio.ByteBuffer;

/**
 * Path attributes with chosen values for the decision process. The block is one attribute of an unknown
 * type, and differs whenever a value does.
 */
public final class TestAttributes {

    /** Where in the block the tag stands. */
    public static final int TAG_OFFSET = 4;

    private final PathAttributes.Fields fields = new PathAttributes.Fields();
    private int tag;
    private int padding;

    private TestAttributes() {
        fields.localPref = 100;
    }

    public static TestAttributes attributes() {
        return new TestAttributes();
    }

    /** Tells attributes apart that are equal in everything else. */
    public TestAttributes tag(int value) {
        tag = value;
        return this;
    }

    /** Octets added to the block. */
    public TestAttributes padding(int octets) {
        padding = octets;
        return this;
    }

    public TestAttributes localPref(long value) {
        fields.localPref = value;
        return this;
    }

    public TestAttributes asPathLength(int value) {
        fields.asPathLength = value;
        return this;
    }

    public TestAttributes origin(int value) {
        fields.origin = value;
        return this;
    }

    public TestAttributes med(long neighborAs, long value) {
        fields.neighborAs = neighborAs;
        fields.med = value;
        fields.flags |= PathAttributes.HAS_MED;
        return this;
    }

    public TestAttributes originatorId(int value) {
        fields.originatorId = value;
        fields.flags |= PathAttributes.HAS_ORIGINATOR_ID;
        return this;
    }

    public TestAttributes clusterListLength(int value) {
        fields.clusterListLength = value;
        return this;
    }

    public TestAttributes stale() {
        fields.flags |= PathAttributes.LLGR_STALE;
        return this;
    }

    public TestAttributes noLlgr() {
        fields.flags |= PathAttributes.NO_LLGR;
        return this;
    }

    public PathAttributes build() {
        ByteBuffer block = ByteBuffer.allocate(60 + padding);
        block.put((byte) (AttributeType.OPTIONAL_TRANSITIVE | AttributeType.FLAG_EXTENDED_LENGTH)).put((byte) 200)
                .putShort((short) (56 + padding));
        block.putInt(tag).putInt((int) fields.localPref).putInt(fields.asPathLength).putInt(fields.origin)
                .putLong(fields.med).putLong(fields.neighborAs).putInt(fields.originatorId)
                .putInt(fields.clusterListLength).putInt(fields.flags);
        return new PathAttributes(block.array(), NextHop.ipv4(0x0A000001), fields);
    }
}
