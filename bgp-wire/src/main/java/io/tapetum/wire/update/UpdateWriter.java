package io.tapetum.wire.update;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.attribute.NextHop;

/**
 * Writes UPDATEs around attribute blocks and prefixes that the caller has. Every message is started, gets its prefixes
 * with {@link io.tapetum.wire.nlri.Prefixes#write} (each after its path identifier, if the session has those), and is
 * finished:
 *
 * <pre>
 *   start = startAnnouncement(out, family, mp, nextHop, block);
 *   Prefixes.write(out, ...);                      as often as fits
 *   octets = finishAnnouncement(out, start, mp, block);
 * </pre>
 *
 * <p>IPv4 routes stand either in the message's own fields, after a block with NEXT_HOP, or in the MP attributes, with a
 * block that has none; IPv6 routes always stand in the MP attributes (RFC 4760). An MP attribute comes first (RFC 7606
 * §5.1) and has a two-octet length, so that prefixes can be added without knowing how many there will be.
 *
 * <p>A message must not pass the size the session negotiated: {@link #announcementOverhead} and
 * {@link #withdrawalOverhead} say how much is left for prefixes. Static, stateless, and free of allocation.
 */
public final class UpdateWriter {

    /** Header, Withdrawn Routes Length and Total Path Attribute Length: the smallest UPDATE. */
    private static final int FIXED = BgpHeader.HEADER_LENGTH + 4;
    private static final int WITHDRAWN_LENGTH = BgpHeader.HEADER_LENGTH;
    /** Where Total Path Attribute Length stands when nothing is withdrawn in the message's own field. */
    private static final int ATTRIBUTES_LENGTH = WITHDRAWN_LENGTH + 2;

    /** Flags, type and a two-octet length. */
    private static final int MP_HEADER = 4;
    private static final int MP_FLAGS = AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_EXTENDED_LENGTH;
    /** Where the length of the MP attribute stands: it is the first attribute. */
    private static final int MP_LENGTH = FIXED + 2;
    /** AFI and SAFI. */
    private static final int MP_FAMILY = 3;

    private UpdateWriter() {}

    /**
     * Octets of an announcement besides its attribute block and its prefixes.
     *
     * @param mp whether the routes stand in MP_REACH_NLRI
     */
    public static int announcementOverhead(Family family, boolean mp, NextHop nextHop) {
        // The last two octets are the length of the next hop and the reserved octet.
        return inMultiprotocol(family, mp) ? FIXED + MP_HEADER + MP_FAMILY + 2 + nextHop.octets() : FIXED;
    }

    /**
     * Starts an announcement.
     *
     * @param attributes the attribute block, from reader to writer index, which do not move: with NEXT_HOP if the routes
     *        stand in the message's own field, without if they stand in MP_REACH_NLRI
     * @return where the message starts, for {@link #finishAnnouncement}
     */
    public static int startAnnouncement(ByteBuf out, Family family, boolean mp, NextHop nextHop, ByteBuf attributes) {
        int start = BgpHeader.start(out, BgpHeader.UPDATE);
        out.writeShort(0);
        if (!inMultiprotocol(family, mp)) {
            out.writeShort(attributes.readableBytes());
            append(out, attributes);
            return start;
        }
        out.writeShort(0);
        startMultiprotocol(out, AttributeType.MP_REACH_NLRI, family);
        out.writeByte(nextHop.octets());
        if (nextHop.ipv6()) {
            out.writeLong(nextHop.high());
            out.writeLong(nextHop.low());
        } else {
            out.writeInt(nextHop.ipv4Address());
        }
        out.writeByte(0);
        return start;
    }

    /**
     * Finishes an announcement.
     *
     * @param attributes the block that {@link #startAnnouncement} was given
     * @return octets of the whole message
     */
    public static int finishAnnouncement(ByteBuf out, int start, Family family, boolean mp, ByteBuf attributes) {
        if (inMultiprotocol(family, mp)) {
            finishMultiprotocol(out, start);
            append(out, attributes);
            out.setShort(start + ATTRIBUTES_LENGTH, out.writerIndex() - start - FIXED);
        }
        return BgpHeader.finish(out, start);
    }

    /**
     * Octets of a withdrawal besides its prefixes.
     *
     * @param mp whether the routes stand in MP_UNREACH_NLRI
     */
    public static int withdrawalOverhead(Family family, boolean mp) {
        return inMultiprotocol(family, mp) ? FIXED + MP_HEADER + MP_FAMILY : FIXED;
    }

    /**
     * Starts a withdrawal.
     *
     * @return where the message starts, for {@link #finishWithdrawal}
     */
    public static int startWithdrawal(ByteBuf out, Family family, boolean mp) {
        int start = BgpHeader.start(out, BgpHeader.UPDATE);
        out.writeShort(0);
        if (inMultiprotocol(family, mp)) {
            out.writeShort(0);
            startMultiprotocol(out, AttributeType.MP_UNREACH_NLRI, family);
        }
        return start;
    }

    /**
     * Finishes a withdrawal.
     *
     * @return octets of the whole message
     */
    public static int finishWithdrawal(ByteBuf out, int start, Family family, boolean mp) {
        if (inMultiprotocol(family, mp)) {
            finishMultiprotocol(out, start);
            out.setShort(start + ATTRIBUTES_LENGTH, out.writerIndex() - start - FIXED);
        } else {
            out.setShort(start + WITHDRAWN_LENGTH, out.writerIndex() - start - WITHDRAWN_LENGTH - 2);
            out.writeShort(0);
        }
        return BgpHeader.finish(out, start);
    }

    /**
     * Appends the End-of-RIB of a family (RFC 4724 §2): the smallest UPDATE for IPv4, an empty MP_UNREACH_NLRI for IPv6.
     *
     * @return octets of the whole message
     */
    public static int writeEndOfRib(ByteBuf out, Family family) {
        int start = BgpHeader.start(out, BgpHeader.UPDATE);
        out.writeShort(0);
        switch (family) {
            case IPV4_UNICAST -> out.writeShort(0);
            case IPV6_UNICAST -> {
                // A one-octet length: some receivers know this message by its size.
                out.writeShort(3 + MP_FAMILY);
                out.writeByte(AttributeType.FLAG_OPTIONAL);
                out.writeByte(AttributeType.MP_UNREACH_NLRI);
                out.writeByte(MP_FAMILY);
                out.writeShort(family.afi());
                out.writeByte(family.safi());
            }
        }
        return BgpHeader.finish(out, start);
    }

    private static boolean inMultiprotocol(Family family, boolean mp) {
        return mp || family != Family.IPV4_UNICAST;
    }

    private static void startMultiprotocol(ByteBuf out, int type, Family family) {
        out.writeByte(MP_FLAGS);
        out.writeByte(type);
        out.writeShort(0);
        out.writeShort(family.afi());
        out.writeByte(family.safi());
    }

    private static void finishMultiprotocol(ByteBuf out, int start) {
        out.setShort(start + MP_LENGTH, out.writerIndex() - start - FIXED - MP_HEADER);
    }

    private static void append(ByteBuf out, ByteBuf attributes) {
        if (attributes.hasArray()) {
            // Some direct buffers allocate a view for every copy from another buffer, but none for one from an array.
            out.writeBytes(attributes.array(), attributes.arrayOffset() + attributes.readerIndex(),
                    attributes.readableBytes());
        } else {
            out.writeBytes(attributes, attributes.readerIndex(), attributes.readableBytes());
        }
    }
}
