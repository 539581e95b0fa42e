package io.tapetum.wire.message;

import static io.tapetum.wire.BgpHeader.HEADER_LENGTH;
import static io.tapetum.wire.BgpHeader.KEEPALIVE;
import static io.tapetum.wire.BgpHeader.MAX_LENGTH;
import static io.tapetum.wire.BgpHeader.NOTIFICATION;
import static io.tapetum.wire.BgpHeader.OPEN;
import static io.tapetum.wire.BgpHeader.ROUTE_REFRESH;
import static io.tapetum.wire.BgpHeader.UPDATE;

/** How long a message of each type may be, in octets and with its header (RFC 4271 §6.1, RFC 8654 §4). */
public final class MessageLengths {

    /** Version, AS, hold time, identifier, and the length of no optional parameters (RFC 4271 §4.2). */
    public static final int MIN_OPEN = HEADER_LENGTH + 10;
    /** The lengths of no withdrawn routes and of no attributes (RFC 4271 §4.3). */
    public static final int MIN_UPDATE = HEADER_LENGTH + 4;
    /** Code and subcode (RFC 4271 §4.5). */
    public static final int MIN_NOTIFICATION = HEADER_LENGTH + 2;
    /** AFI, subtype and SAFI (RFC 2918 §3, RFC 7313 §3.2). */
    public static final int ROUTE_REFRESH_LENGTH = HEADER_LENGTH + 4;

    private MessageLengths() {}

    /**
     * Checks the length and type fields of a header, and allocates nothing unless they are wrong.
     *
     * @param maxLength of the session: 4096, or 65535 where RFC 8654 was negotiated; OPEN and KEEPALIVE never profit
     * @throws BgpErrorException 1/2 with the length field as data, or 1/3 with the type as data
     */
    public static void check(int type, int length, int maxLength) throws BgpErrorException {
        if (length < HEADER_LENGTH || length > maxLength) {
            throw badLength(type, length, HEADER_LENGTH, maxLength);
        }
        switch (type) {
            case OPEN -> within(type, length, MIN_OPEN, Math.min(maxLength, MAX_LENGTH));
            case UPDATE -> within(type, length, MIN_UPDATE, maxLength);
            case NOTIFICATION -> within(type, length, MIN_NOTIFICATION, maxLength);
            case KEEPALIVE -> within(type, length, HEADER_LENGTH, HEADER_LENGTH);
            // A longer one is 7/1 rather than 1/2 (RFC 7313 §5), which needs the whole message as data.
            case ROUTE_REFRESH -> within(type, length, ROUTE_REFRESH_LENGTH, maxLength);
            default -> throw new BgpErrorException(
                    Notification.of(ErrorCode.HEADER_BAD_TYPE, new byte[]{(byte) type}),
                    "message type " + type + " instead of 1 to 5");
        }
    }

    private static void within(int type, int length, int min, int max) throws BgpErrorException {
        if (length < min || length > max) {
            throw badLength(type, length, min, max);
        }
    }

    private static BgpErrorException badLength(int type, int length, int min, int max) {
        byte[] field = {(byte) (length >>> 8), (byte) length};
        return new BgpErrorException(Notification.of(ErrorCode.HEADER_BAD_LENGTH, field),
                "message of type " + type + " with length " + length + " instead of " + min + " to " + max);
    }
}
