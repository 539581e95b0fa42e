package io.tapetum.wire.attribute;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** What {@link AttributeEditor} does, done with lists and maps and no thought for cost. */
final class NaiveEditor {

    boolean twoOctetAs;
    boolean includeNextHop;
    boolean stripLocalPref;
    boolean stripMed;
    boolean stripReflection;
    @Nullable
    Integer originatorId;
    @Nullable
    NextHop nextHop;
    @Nullable
    Long prependedAs;
    List<Integer> clusterIds = List.of();

    private record Attribute(int flags, byte[] value) {}

    private record Segment(int type, List<Long> asns) {}

    /** The same changes, made to an editor. */
    void applyTo(AttributeEditor editor) {
        editor.reset();
        if (twoOctetAs) {
            editor.twoOctetAs();
        }
        if (includeNextHop) {
            editor.includeNextHop();
        }
        if (stripLocalPref) {
            editor.stripLocalPref();
        }
        if (stripMed) {
            editor.stripMed();
        }
        if (stripReflection) {
            editor.stripReflection();
        }
        if (originatorId != null) {
            editor.originatorId(originatorId);
        }
        if (nextHop != null) {
            editor.nextHop(nextHop);
        }
        if (prependedAs != null) {
            editor.prependAs(prependedAs);
        }
        if (clusterIds.size() == 1) {
            editor.prependCluster(clusterIds.get(0));
        } else if (clusterIds.size() == 2) {
            editor.prependClusters(clusterIds.get(0), clusterIds.get(1));
        }
    }

    byte[] write(PathAttributes route) {
        SortedMap<Integer, Attribute> attributes = decode(route.block());
        if (stripLocalPref) {
            attributes.remove(5);
        }
        if (stripMed) {
            attributes.remove(4);
        }
        if (stripReflection) {
            attributes.remove(9);
            attributes.remove(10);
        }
        if (originatorId != null) {
            attributes.putIfAbsent(9, new Attribute(0x80, ints(List.of(originatorId))));
        }
        if (!clusterIds.isEmpty()) {
            ByteArrayOutputStream list = new ByteArrayOutputStream();
            list.writeBytes(ints(clusterIds));
            Attribute old = attributes.get(10);
            if (old != null) {
                list.writeBytes(old.value);
            }
            attributes.put(10, new Attribute(0x80, list.toByteArray()));
        }
        if (includeNextHop) {
            NextHop used = nextHop == null ? route.nextHop() : nextHop;
            attributes.put(3, new Attribute(0x40, ints(List.of(used.ipv4Address()))));
        }
        List<Segment> path = segments(attributes.getOrDefault(2, new Attribute(0x40, new byte[0])).value);
        if (prependedAs != null) {
            prepend(path, prependedAs);
        }
        attributes.put(2, new Attribute(0x40, encode(path, twoOctetAs ? 2 : 4)));
        if (twoOctetAs) {
            narrow(attributes, path);
        }
        return encode(attributes);
    }

    private static void narrow(SortedMap<Integer, Attribute> attributes, List<Segment> path) {
        List<Segment> outside = path.stream().filter(segment -> segment.type < 3).toList();
        if (outside.stream().anyMatch(segment -> segment.asns.stream().anyMatch(as -> as > 65535))) {
            attributes.put(17, new Attribute(0xC0, encode(outside, 4)));
        }
        Attribute aggregator = attributes.get(7);
        if (aggregator != null) {
            ByteBuf value = Unpooled.wrappedBuffer(aggregator.value);
            long as = value.readUnsignedInt();
            ByteBuf narrowed = Unpooled.buffer().writeShort(as > 65535 ? 23456 : (int) as).writeInt(value.readInt());
            attributes.put(7, new Attribute(aggregator.flags, octets(narrowed)));
            if (as > 65535) {
                attributes.put(18, new Attribute(0xC0, aggregator.value));
            }
        }
    }

    private static void prepend(List<Segment> path, long as) {
        List<Long> asns = new ArrayList<>(List.of(as));
        if (!path.isEmpty() && path.get(0).type == 2 && path.get(0).asns.size() < 255) {
            asns.addAll(path.remove(0).asns);
        }
        path.add(0, new Segment(2, asns));
    }

    private static List<Segment> segments(byte[] value) {
        List<Segment> segments = new ArrayList<>();
        ByteBuf in = Unpooled.wrappedBuffer(value);
        while (in.isReadable()) {
            int type = in.readUnsignedByte();
            int count = in.readUnsignedByte();
            List<Long> asns = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                asns.add(in.readUnsignedInt());
            }
            segments.add(new Segment(type, asns));
        }
        return segments;
    }

    private static byte[] encode(List<Segment> path, int asOctets) {
        ByteBuf out = Unpooled.buffer();
        for (Segment segment : path) {
            out.writeByte(segment.type).writeByte(segment.asns.size());
            for (long as : segment.asns) {
                if (asOctets == 4) {
                    out.writeInt((int) as);
                } else {
                    out.writeShort(as > 65535 ? 23456 : (int) as);
                }
            }
        }
        return octets(out);
    }

    private static SortedMap<Integer, Attribute> decode(byte[] block) {
        SortedMap<Integer, Attribute> attributes = new TreeMap<>();
        ByteBuf in = Unpooled.wrappedBuffer(block);
        while (in.isReadable()) {
            int flags = in.readUnsignedByte();
            int type = in.readUnsignedByte();
            byte[] value = new byte[(flags & 0x10) != 0 ? in.readUnsignedShort() : in.readUnsignedByte()];
            in.readBytes(value);
            attributes.put(type, new Attribute(flags & ~0x10, value));
        }
        return attributes;
    }

    private static byte[] encode(SortedMap<Integer, Attribute> attributes) {
        ByteBuf out = Unpooled.buffer();
        for (Map.Entry<Integer, Attribute> entry : attributes.entrySet()) {
            byte[] value = entry.getValue().value;
            if (value.length > 255) {
                out.writeByte(entry.getValue().flags | 0x10).writeByte(entry.getKey()).writeShort(value.length);
            } else {
                out.writeByte(entry.getValue().flags).writeByte(entry.getKey()).writeByte(value.length);
            }
            out.writeBytes(value);
        }
        return octets(out);
    }

    private static byte[] ints(List<Integer> values) {
        ByteBuf out = Unpooled.buffer();
        values.forEach(out::writeInt);
        return octets(out);
    }

    private static byte[] octets(ByteBuf buffer) {
        byte[] octets = new byte[buffer.readableBytes()];
        buffer.readBytes(octets);
        return octets;
    }
}
