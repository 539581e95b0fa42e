package io.tapetum.bench.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeInterner;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.nlri.Prefixes;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;
import io.tapetum.wire.update.UpdateWriter;

/**
 * UPDATEs of made-up routes, as they arrive from an internal peer. All buffers are direct, as those a socket is read
 * into, and are never released: they serve for as long as the JVM runs.
 */
public final class Updates {

    /** The AS that all internal peers of the benchmarks are in. */
    public static final long AS = 64512;

    private Updates() {}

    /** The UPDATEs of a table, back to back. */
    public static ByteBuf stream(RouteTable table) {
        ByteBuf out = Unpooled.directBuffer();
        for (RouteSet set : table.sets()) {
            write(table.family(), set, out);
        }
        return out;
    }

    /** The UPDATEs of a table, one by one: slices of one buffer. */
    public static List<ByteBuf> frames(RouteTable table) {
        ByteBuf stream = stream(table);
        List<ByteBuf> frames = new ArrayList<>();
        while (stream.isReadable()) {
            frames.add(stream.readSlice(stream.getUnsignedShort(stream.readerIndex() + BgpHeader.LENGTH_OFFSET)));
        }
        return frames;
    }

    /** One UPDATE. */
    public static ByteBuf frame(Family family, RouteSet set) {
        ByteBuf out = Unpooled.directBuffer();
        write(family, set, out);
        return out;
    }

    private static void write(Family family, RouteSet set, ByteBuf out) {
        ByteBuf block = Unpooled.buffer();
        set.attributes().write(block);
        int start = UpdateWriter.startAnnouncement(out, family, false, set.attributes().nextHop(), block);
        for (Prefix prefix : set.prefixes()) {
            Prefixes.write(out, prefix.high(), prefix.low(), prefix.length());
        }
        int octets = UpdateWriter.finishAnnouncement(out, start, family, false, block);
        if (octets > BgpHeader.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    set.prefixes().size() + " prefixes make an UPDATE of " + octets + " octets");
        }
    }

    /** A parser for UPDATEs of these families. */
    public static UpdateParser parser(AttributeInterner interner) {
        return new UpdateParser(UpdateContext.internal(AS, Set.of(Family.values())), interner);
    }

    /** What a parser makes of the attributes: an object of its own for every call, unless the interner knows better. */
    public static PathAttributes received(Family family, RouteSet set, AttributeInterner interner) {
        UpdateParser parser = parser(interner);
        ByteBuf frame = frame(family, set);
        try {
            parser.parse(frame);
        } catch (BgpErrorException e) {
            throw new IllegalStateException("a made-up UPDATE is not understood", e);
        } finally {
            frame.release();
        }
        PathAttributes attributes = family == Family.IPV4_UNICAST ? parser.attributes() : parser.reachableAttributes();
        if (attributes == null || !parser.errors().isEmpty()) {
            throw new IllegalStateException("a made-up UPDATE has errors: " + parser.errors());
        }
        return attributes;
    }
}
