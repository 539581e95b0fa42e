package io.tapetum.wire.attribute;

/** A canonical attribute block with one community more, as the last of COMMUNITIES (RFC 1997). */
final class AppendedCommunity {

    /** Marks a route that is kept long after its session was lost (RFC 9494 §3.2). */
    static final int LLGR_STALE = 0xFFFF_0006;
    /** Forbids to keep a route so long (RFC 9494 §3.3). */
    static final int NO_LLGR = 0xFFFF_0007;

    private static final int COMMUNITY_LENGTH = 4;

    private AppendedCommunity() {}

    /** Another block; COMMUNITIES is made if there is none, and keeps its flags if there is. */
    static byte[] to(byte[] block, int community) {
        BlockBuffer out = new BlockBuffer();
        int header = 0;
        while (header < block.length && AttributeHeader.type(block, header) < AttributeType.COMMUNITIES) {
            header = AttributeHeader.end(block, header);
        }
        out.copy(block, 0, header);
        int rest = header;
        if (header < block.length && AttributeHeader.type(block, header) == AttributeType.COMMUNITIES) {
            int length = AttributeHeader.length(block, header);
            int flags = AttributeHeader.flags(block, header) & ~AttributeType.FLAG_EXTENDED_LENGTH;
            out.header(flags, AttributeType.COMMUNITIES, length + COMMUNITY_LENGTH);
            out.copy(block, AttributeHeader.value(block, header), length);
            rest = AttributeHeader.end(block, header);
        } else {
            out.header(AttributeType.OPTIONAL_TRANSITIVE, AttributeType.COMMUNITIES, COMMUNITY_LENGTH);
        }
        out.u32(Integer.toUnsignedLong(community));
        out.copy(block, rest, block.length - rest);
        return out.toArray();
    }
}
