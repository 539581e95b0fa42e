package io.tapetum.wire.frame;

import static io.tapetum.wire.BgpHeader.HEADER_LENGTH;
import static io.tapetum.wire.BgpHeader.LENGTH_OFFSET;
import static io.tapetum.wire.BgpHeader.TYPE_OFFSET;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.MessageLengths;
import io.tapetum.wire.message.Notification;

/** Reads the header that tells where a frame ends. Allocates nothing unless the header is wrong; for any thread. */
public final class Framing {

    /** Either half of a marker that is all ones. */
    private static final long ALL_ONES = -1L;

    private Framing() {}

    /**
     * The length of the frame that starts at the reader index, which stays where it is.
     *
     * @param in may hold less than the frame, or more
     * @param maxLength of the session: 4096, or 65535 where RFC 8654 was negotiated
     * @return octets with the header, or -1 if the header has not wholly arrived
     * @throws BgpErrorException 1/1 for the marker, 1/2 for a length that the type or the session does not allow, 1/3
     *     for the type; RFC 4271 §6.1
     */
    public static int frameLength(ByteBuf in, int maxLength) throws BgpErrorException {
        if (in.readableBytes() < HEADER_LENGTH) {
            return -1;
        }
        int start = in.readerIndex();
        if (in.getLong(start) != ALL_ONES || in.getLong(start + Long.BYTES) != ALL_ONES) {
            throw new BgpErrorException(Notification.of(ErrorCode.HEADER_NOT_SYNCHRONIZED),
                    "a marker that is not all ones");
        }
        int length = in.getUnsignedShort(start + LENGTH_OFFSET);
        MessageLengths.check(in.getUnsignedByte(start + TYPE_OFFSET), length, maxLength);
        return length;
    }
}
