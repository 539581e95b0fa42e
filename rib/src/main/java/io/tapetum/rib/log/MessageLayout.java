package io.tapetum.rib.log;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.update.UpdateWriter;

/**
 * The UPDATE messages of a log, written through {@link UpdateWriter}, and where everything stands in them. A message
 * never mixes announcements and withdrawals:
 *
 * <pre>
 *               0      19             21                    23
 *   announce    header | 0 (2 octets) | attributes' length  | attribute block | NLRI
 *   withdraw    header | length       | NLRI ...            | 0 (2 octets)
 *
 *   announce MP header | 0 (2 octets) | attributes' length  | MP_REACH_NLRI   | attribute block
 *   withdraw MP header | 0 (2 octets) | attributes' length  | MP_UNREACH_NLRI
 *
 *               23      24     25             27    29     30                31
 *   MP_REACH    flags | type | length (2)   | AFI | SAFI | next hop length | next hop | 0 | NLRI
 *   MP_UNREACH  flags | type | length (2)   | AFI | SAFI | NLRI
 * </pre>
 */
final class MessageLayout {

    private static final int WITHDRAWN_LENGTH = BgpHeader.HEADER_LENGTH;
    private static final int WITHDRAWN = WITHDRAWN_LENGTH + 2;
    private static final int ATTRIBUTES_LENGTH = WITHDRAWN;
    private static final int ATTRIBUTES = ATTRIBUTES_LENGTH + 2;
    private static final int MP_LENGTH = ATTRIBUTES + 2;
    private static final int MP_VALUE = MP_LENGTH + 2;
    private static final int MP_NEXT_HOP_LENGTH = MP_VALUE + 3;
    private static final int MP_NEXT_HOP = MP_NEXT_HOP_LENGTH + 1;
    private static final int MP_UNREACH_NLRI = MP_VALUE + 3;

    private final Family family;
    private final boolean multiprotocol;

    MessageLayout(LogFormat format) {
        this.family = format.family();
        this.multiprotocol = format.multiprotocol();
    }

    /** Octets of a message of this kind around its NLRI. */
    int overhead(byte kind, Announcement announcement) {
        return MessageKind.withdraws(kind)
                ? UpdateWriter.withdrawalOverhead(family, multiprotocol)
                : UpdateWriter.announcementOverhead(family, multiprotocol, announcement.nextHop())
                        + announcement.block().readableBytes();
    }

    /** Octets that follow the last NLRI of a message of this kind. */
    int trailing(byte kind, Announcement announcement) {
        if (MessageKind.withdraws(kind)) {
            return multiprotocol ? 0 : 2;
        }
        return multiprotocol ? announcement.block().readableBytes() : 0;
    }

    /** Appends what stands before the NLRI; returns where the message starts. */
    int start(ByteBuf out, byte kind, Announcement announcement) {
        return MessageKind.withdraws(kind)
                ? UpdateWriter.startWithdrawal(out, family, multiprotocol)
                : UpdateWriter.startAnnouncement(out, family, multiprotocol, announcement.nextHop(),
                        announcement.block());
    }

    /** Appends what stands after the NLRI, and fills in the lengths. */
    void finish(ByteBuf out, int start, byte kind, Announcement announcement) {
        if (MessageKind.withdraws(kind)) {
            UpdateWriter.finishWithdrawal(out, start, family, multiprotocol);
        } else {
            UpdateWriter.finishAnnouncement(out, start, family, multiprotocol, announcement.block());
        }
    }

    /** Where the NLRI of the message at {@code start} begin. */
    int nlri(ByteBuf buffer, int start, byte kind) {
        if (MessageKind.withdraws(kind)) {
            return start + (multiprotocol ? MP_UNREACH_NLRI : WITHDRAWN);
        }
        return multiprotocol
                ? start + MP_NEXT_HOP + buffer.getUnsignedByte(start + MP_NEXT_HOP_LENGTH) + 1
                : start + ATTRIBUTES + buffer.getUnsignedShort(start + ATTRIBUTES_LENGTH);
    }

    /** Where the NLRI of the message {@code [start, end)} end. */
    int nlriEnd(ByteBuf buffer, int start, int end, byte kind) {
        if (multiprotocol) {
            return start + MP_VALUE + buffer.getUnsignedShort(start + MP_LENGTH);
        }
        return MessageKind.withdraws(kind)
                ? start + WITHDRAWN + buffer.getUnsignedShort(start + WITHDRAWN_LENGTH)
                : end;
    }

    /** Zeroes the lengths that depend on the NLRI: then messages that say the same are equal but for these. */
    void zeroLengths(ByteBuf buffer, int start, byte kind) {
        buffer.setShort(start + BgpHeader.LENGTH_OFFSET, 0);
        if (multiprotocol) {
            buffer.setShort(start + MP_LENGTH, 0);
            buffer.setShort(start + ATTRIBUTES_LENGTH, 0);
        } else if (MessageKind.withdraws(kind)) {
            buffer.setShort(start + WITHDRAWN_LENGTH, 0);
        }
    }

    /** Sets those lengths in the message from {@code start} to the writer index. */
    void setLengths(ByteBuf buffer, int start, int nlriEnd, byte kind) {
        if (multiprotocol) {
            buffer.setShort(start + MP_LENGTH, nlriEnd - start - MP_VALUE);
            buffer.setShort(start + ATTRIBUTES_LENGTH, buffer.writerIndex() - start - ATTRIBUTES);
        } else if (MessageKind.withdraws(kind)) {
            buffer.setShort(start + WITHDRAWN_LENGTH, nlriEnd - start - WITHDRAWN);
        }
        BgpHeader.finish(buffer, start);
    }

    /** A message that withdraws all that the announcement {@code [start, end)} announces; it is never the longer one. */
    ByteBuf withdrawalOf(ByteBufAllocator allocator, ByteBuf buffer, int start, int end) {
        int from = nlri(buffer, start, MessageKind.ANNOUNCE);
        int octets = nlriEnd(buffer, start, end, MessageKind.ANNOUNCE) - from;
        int length = UpdateWriter.withdrawalOverhead(family, multiprotocol) + octets;
        ByteBuf out = allocator.directBuffer(length, length);
        int at = UpdateWriter.startWithdrawal(out, family, multiprotocol);
        out.writeBytes(buffer, from, octets);
        UpdateWriter.finishWithdrawal(out, at, family, multiprotocol);
        return out;
    }
}
