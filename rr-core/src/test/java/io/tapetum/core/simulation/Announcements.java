package io.tapetum.core.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.AttributeInterner;
import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.nlri.Prefixes;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;

/**
 * All announcements of a run, and the making of their attributes. Non-empty AS paths begin with the same AS in the whole
 * run, so that MED can always be compared: with several neighbouring ASes a reflector that hides routes need not agree
 * with a full mesh, and RFC 3345 shows that it need not even come to rest.
 */
final class Announcements {

    private static final int MARK = 0x7A9E7;
    private static final int UNKNOWN_TYPE = 213;
    private static final int LLGR_STALE = 0xFFFF_0006;
    private static final int NO_LLGR = 0xFFFF_0007;
    private static final int OPTIONAL = AttributeType.FLAG_OPTIONAL;
    private static final int OPTIONAL_TRANSITIVE = OPTIONAL | AttributeType.FLAG_TRANSITIVE;

    private final RandomGenerator random;
    private final UpdateContext internal;
    private final long neighborAs;
    private final long externalLocalPref;
    private final AttributeInterner interner;
    private final List<Announcement> all = new ArrayList<>();
    private final IdentityHashMap<PathAttributes, Received> known = new IdentityHashMap<>();

    /**
     * Attributes that were received, taken apart.
     *
     * @param stale whether they carry LLGR_STALE, which a reflector may have added
     */
    record Received(Announcement announcement, @Nullable Integer originatorId, int[] clusters, boolean stale) {

        /** What matters to everybody. */
        Said said() {
            return new Said(announcement, stale);
        }
    }

    /** An announcement as it is passed on: fresh, or long-lived stale (RFC 9494). */
    record Said(Announcement announcement, boolean stale) {}

    /**
     * @param externalLocalPref what the reflectors give to routes of another AS; no internal route has it
     */
    Announcements(RandomGenerator random, UpdateContext internal, long neighborAs, long externalLocalPref,
            AttributeInterner interner) {
        this.random = random;
        this.internal = internal;
        this.neighborAs = neighborAs;
        this.externalLocalPref = externalLocalPref;
        this.interner = interner;
    }

    AttributeInterner interner() {
        return interner;
    }

    /** A new announcement of these prefixes, which are of one family, with attributes at random. */
    Announcement make(Speaker speaker, Set<Prefix> prefixes, NextHop nextHop) {
        ByteBuf block = Unpooled.buffer(256);
        attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.ORIGIN, new byte[]{(byte) origin()});
        asPath(block, speaker);
        attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.NEXT_HOP, new byte[]{10, 9, 8, 7});
        if (random.nextInt(3) == 0) {
            attribute(block, OPTIONAL, AttributeType.MULTI_EXIT_DISC, ints(random.nextInt(3) * 10 - 1));
        }
        attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.LOCAL_PREF,
                ints((int) (speaker.isExternal() ? externalLocalPref : localPref())));
        if (random.nextInt(8) == 0) {
            attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.ATOMIC_AGGREGATE, new byte[0]);
            attribute(block, OPTIONAL_TRANSITIVE, AttributeType.AGGREGATOR,
                    ints(random.nextBoolean() ? 64999 : 0x20001, 0x0A0B0C0D));
        }
        communities(block);
        if (random.nextInt(6) == 0) {
            attribute(block, OPTIONAL_TRANSITIVE, AttributeType.EXTENDED_COMMUNITIES,
                    ints(0x0002FDE8, random.nextInt(3)));
        }
        attribute(block, OPTIONAL_TRANSITIVE, AttributeType.LARGE_COMMUNITIES, ints(MARK, all.size(), 0));
        if (random.nextInt(6) == 0) {
            attribute(block, OPTIONAL_TRANSITIVE | AttributeType.FLAG_PARTIAL, UNKNOWN_TYPE,
                    ints(random.nextInt(3)));
        }
        PathAttributes attributes = parse(block).withNextHop(nextHop);
        Announcement made = new Announcement(all.size(), speaker, interner.intern(attributes), Set.copyOf(prefixes));
        all.add(made);
        return made;
    }

    private int origin() {
        int draw = random.nextInt(6);
        return draw < 3 ? draw : 0;
    }

    private long localPref() {
        return switch (random.nextInt(6)) {
            case 0 -> 50;
            case 1 -> 200;
            case 2 -> 0xFFFF_FFFFL;
            default -> 100;
        };
    }

    private void asPath(ByteBuf block, Speaker speaker) {
        int length = random.nextInt(4);
        long first = neighborAs;
        if (speaker.isExternal()) {
            length++;
            first = speaker.as();
        }
        int[] numbers = new int[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = i == 0
                    ? (int) first
                    : random.nextBoolean() ? 64900 + random.nextInt(3) : 0x30000 + random.nextInt(3);
        }
        ByteBuf value = Unpooled.buffer(32);
        if (length > 0) {
            value.writeByte(2).writeByte(length);
            value.writeBytes(ints(numbers));
        }
        byte[] octets = new byte[value.readableBytes()];
        value.readBytes(octets);
        attribute(block, AttributeType.FLAG_TRANSITIVE, AttributeType.AS_PATH, octets);
    }

    private void communities(ByteBuf block) {
        int count = switch (random.nextInt(12)) {
            case 0 -> 60 + random.nextInt(30);
            case 1 -> 800;
            case 2, 3, 4, 5 -> 1 + random.nextInt(3);
            default -> 0;
        };
        if (count > 0) {
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = 0xFDE8_0000 + i * 7 + random.nextInt(7);
            }
            switch (random.nextInt(10)) {
                case 0 -> values[0] = NO_LLGR;
                case 1 -> values[0] = LLGR_STALE;
                default -> {
                    // Most routes may be kept, and come fresh.
                }
            }
            attribute(block, OPTIONAL_TRANSITIVE, AttributeType.COMMUNITIES, ints(values));
        }
    }

    private PathAttributes parse(ByteBuf block) {
        ByteBuf message = Unpooled.buffer(256);
        int start = BgpHeader.start(message, BgpHeader.UPDATE);
        message.writeShort(0).writeShort(block.readableBytes()).writeBytes(block, block.readerIndex(),
                block.readableBytes());
        Prefixes.write(message, 0x0A00_0000_0000_0000L, 0, 8);
        BgpHeader.finish(message, start);
        UpdateParser parser = new UpdateParser(internal, AttributeCandidate::make);
        try {
            parser.parse(message);
        } catch (BgpErrorException e) {
            throw new IllegalStateException(e);
        }
        PathAttributes attributes = parser.attributes();
        if (attributes == null || !parser.errors().isEmpty()) {
            throw new IllegalStateException("attributes were made that cannot be read: " + parser.errors());
        }
        return attributes;
    }

    /**
     * Recognises attributes that were received.
     *
     * @param internal whether they must be exactly those that were announced, but for what a reflector adds
     * @throws IllegalArgumentException if they are not those of any announcement
     */
    Received recognise(PathAttributes attributes, boolean internal) {
        Received before = known.get(attributes);
        if (before != null) {
            return before;
        }
        byte[] block = attributes.block();
        byte[] rest = new byte[block.length];
        int restLength = 0;
        Integer originatorId = null;
        int[] clusters = {};
        int number = -1;
        for (int header = 0; header < block.length;) {
            boolean extended = (block[header] & AttributeType.FLAG_EXTENDED_LENGTH) != 0;
            int value = header + (extended ? 4 : 3);
            int length = extended
                    ? (block[header + 2] & 0xFF) << 8 | block[header + 3] & 0xFF
                    : block[header + 2] & 0xFF;
            int end = value + length;
            int type = block[header + 1] & 0xFF;
            if (type == AttributeType.ORIGINATOR_ID) {
                originatorId = Blocks.intAt(block, value);
            } else if (type == AttributeType.CLUSTER_LIST) {
                clusters = Blocks.intsAt(block, value, length / 4);
            } else {
                if (type == AttributeType.LARGE_COMMUNITIES && length == 12 && Blocks.intAt(block, value) == MARK) {
                    number = Blocks.intAt(block, value + 4);
                }
                System.arraycopy(block, header, rest, restLength, end - header);
                restLength += end - header;
            }
            header = end;
        }
        if (number < 0 || number >= all.size()) {
            throw new IllegalArgumentException("attributes that nobody announced");
        }
        Announcement announcement = all.get(number);
        boolean stale = attributes.has(PathAttributes.LLGR_STALE);
        byte[] expected = stale && !announcement.isStale()
                ? withCommunity(announcement.attributes().block(), LLGR_STALE)
                : announcement.attributes().block();
        if (internal && !Arrays.equals(expected, 0, expected.length, rest, 0, restLength)) {
            throw new IllegalArgumentException(
                    "attributes of announcement " + announcement + " changed on their way to "
                            + HexFormat.of().formatHex(rest, 0, restLength) + ", expected "
                            + HexFormat.of().formatHex(expected));
        }
        Received made = new Received(announcement, originatorId, clusters, stale);
        known.put(attributes, made);
        return made;
    }

    /** A block with one community more, in the plainest words. */
    private static byte[] withCommunity(byte[] block, int community) {
        ByteBuf out = Unpooled.buffer(block.length + 8);
        boolean written = false;
        for (int header = 0; header < block.length;) {
            boolean extended = (block[header] & AttributeType.FLAG_EXTENDED_LENGTH) != 0;
            int value = header + (extended ? 4 : 3);
            int length = extended
                    ? (block[header + 2] & 0xFF) << 8 | block[header + 3] & 0xFF
                    : block[header + 2] & 0xFF;
            int type = block[header + 1] & 0xFF;
            if (type == AttributeType.COMMUNITIES) {
                byte[] longer = Arrays.copyOf(Arrays.copyOfRange(block, value, value + length), length + 4);
                System.arraycopy(ints(community), 0, longer, length, 4);
                attribute(out, block[header] & ~AttributeType.FLAG_EXTENDED_LENGTH, type, longer);
                written = true;
            } else {
                if (type > AttributeType.COMMUNITIES && !written) {
                    attribute(out, OPTIONAL_TRANSITIVE, AttributeType.COMMUNITIES, ints(community));
                    written = true;
                }
                out.writeBytes(block, header, value + length - header);
            }
            header = value + length;
        }
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }

    private static void attribute(ByteBuf out, int flags, int type, byte[] value) {
        Blocks.attribute(out, flags, type, value);
    }

    private static byte[] ints(int... values) {
        return Blocks.ints(values);
    }
}
