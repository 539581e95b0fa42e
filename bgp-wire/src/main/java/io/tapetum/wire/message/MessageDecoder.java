package io.tapetum.wire.message;

import static io.tapetum.wire.BgpHeader.HEADER_LENGTH;
import static io.tapetum.wire.BgpHeader.MAX_EXTENDED_LENGTH;
import static io.tapetum.wire.BgpHeader.TYPE_OFFSET;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.BgpHeader;

/**
 * Reads whole frames of every type but UPDATE.
 *
 * <p>The values that come out hold copies: the frame may be released at once. What depends on the configuration of a
 * peer (its AS number, our own identifier) is not checked here. Stateless, for any thread.
 */
public final class MessageDecoder {

    private static final int CODE_OFFSET = HEADER_LENGTH;
    private static final int SUBCODE_OFFSET = HEADER_LENGTH + 1;
    private static final int NOTIFICATION_DATA_OFFSET = HEADER_LENGTH + 2;

    private static final int REFRESH_AFI_OFFSET = HEADER_LENGTH;
    private static final int REFRESH_SUBTYPE_OFFSET = HEADER_LENGTH + 2;
    private static final int REFRESH_SAFI_OFFSET = HEADER_LENGTH + 3;

    private MessageDecoder() {}

    /**
     * Reads one message.
     *
     * @param frame a whole message from marker to end: its readable octets. Not released, and its indices stay where
     *     they are. Its marker and length field are the framing's business and not looked at again.
     * @throws BgpErrorException if RFC 4271 §6.1, §6.2, RFC 5492, RFC 6286, RFC 7313 §5, RFC 7607 or RFC 9072 answers
     *     the message with a NOTIFICATION
     * @throws IllegalArgumentException if the frame is an UPDATE, which has a parser of its own
     */
    public static Message read(ByteBuf frame) throws BgpErrorException {
        int length = frame.readableBytes();
        int type = length < HEADER_LENGTH ? 0 : frame.getUnsignedByte(frame.readerIndex() + TYPE_OFFSET);
        MessageLengths.check(type, length, MAX_EXTENDED_LENGTH);
        return switch (type) {
            case BgpHeader.OPEN -> OpenDecoder.read(frame);
            case BgpHeader.NOTIFICATION -> notification(frame);
            case BgpHeader.KEEPALIVE -> Keepalive.INSTANCE;
            case BgpHeader.ROUTE_REFRESH -> routeRefresh(frame);
            default -> throw new IllegalArgumentException("an UPDATE is not read here");
        };
    }

    /** RFC 4271 §6.4: nothing in a NOTIFICATION can be answered with another one, so every content is accepted. */
    private static Notification notification(ByteBuf frame) {
        int start = frame.readerIndex();
        byte[] data = new byte[frame.readableBytes() - NOTIFICATION_DATA_OFFSET];
        frame.getBytes(start + NOTIFICATION_DATA_OFFSET, data);
        return new Notification(frame.getUnsignedByte(start + CODE_OFFSET),
                frame.getUnsignedByte(start + SUBCODE_OFFSET), data);
    }

    private static RouteRefresh routeRefresh(ByteBuf frame) throws BgpErrorException {
        int start = frame.readerIndex();
        int length = frame.readableBytes();
        int subtype = frame.getUnsignedByte(start + REFRESH_SUBTYPE_OFFSET);
        // RFC 7313 §5 names BoRR and EoRR. A longer request would carry the filters of RFC 5291, which is never offered
        // here. Unknown subtypes are to be ignored, so their length is their own affair.
        if (length != MessageLengths.ROUTE_REFRESH_LENGTH && subtype <= RouteRefresh.END) {
            byte[] message = new byte[length];
            frame.getBytes(start, message);
            throw new BgpErrorException(Notification.of(ErrorCode.REFRESH_INVALID_LENGTH, message),
                    "ROUTE-REFRESH of subtype " + subtype + " with length " + length + " instead of "
                            + MessageLengths.ROUTE_REFRESH_LENGTH);
        }
        return new RouteRefresh(frame.getUnsignedShort(start + REFRESH_AFI_OFFSET), subtype,
                frame.getUnsignedByte(start + REFRESH_SAFI_OFFSET));
    }
}
