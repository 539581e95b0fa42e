package io.tapetum.server.inquiry;

import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.tapetum.rib.AttributeTable;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;

/** Attributes of routes as an internal peer sends them. */
final class SampleAttributes {

    private SampleAttributes() {}

    /** ORIGIN IGP, an empty AS_PATH, NEXT_HOP 10.0.0.12, LOCAL_PREF 100. */
    static PathAttributes ordinary() {
        return received("40010100" + "400200" + "4003040a00000c" + "40050400000064");
    }

    /** Those of an UPDATE with this attribute block, in hexadecimal digits, about 10.0.0.0/8. */
    static PathAttributes received(String hexBlock) {
        byte[] block = ByteBufUtil.decodeHexDump(hexBlock);
        ByteBuf frame = Unpooled.buffer();
        int start = BgpHeader.start(frame, BgpHeader.UPDATE);
        frame.writeShort(0).writeShort(block.length).writeBytes(block).writeByte(8).writeByte(10);
        BgpHeader.finish(frame, start);
        UpdateParser parser = new UpdateParser(UpdateContext.internal(64512, Set.of(Family.IPV4_UNICAST)),
                new AttributeTable());
        try {
            parser.parse(frame);
        } catch (BgpErrorException e) {
            throw new IllegalArgumentException(e);
        }
        PathAttributes attributes = parser.attributes();
        if (attributes == null) {
            throw new IllegalArgumentException("no route: " + parser.errors());
        }
        return attributes;
    }
}
