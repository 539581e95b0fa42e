package io.tapetum.wire.frame;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.message.BgpErrorException;

/**
 * Cuts a connection's octets into frames.
 *
 * <p>Frames are handed to a {@link FrameSink}, not to the next handler: as views of the octets that were read, lent for
 * the length of a call, so that a message costs neither a copy nor an object.
 *
 * <p><b>Errors.</b> A wrong header makes the stream unreadable from there on. Frames in front of it are handed out first,
 * then the {@link BgpErrorException} is fired, once, as an exception event and not wrapped; all that arrives later is
 * dropped. An incomplete frame at the end of the connection is dropped silently, the end itself is the news. What the sink
 * throws is fired as an exception event, wrapped, and the frames behind it are handed out with what arrives next.
 *
 * <p>Belongs to one channel and is touched by its event loop only.
 */
public final class FrameDecoder extends ByteToMessageDecoder {

    private final FrameSink sink;
    private int maxLength = BgpHeader.MAX_LENGTH;
    private boolean failed;

    /** A decoder for one channel. */
    public FrameDecoder(FrameSink sink) {
        this.sink = sink;
    }

    /**
     * Sets the largest frame that is accepted from now on. Called on the event loop while a frame is handled, it holds
     * for the very next frame, even if that arrived in the same read.
     *
     * @param octets 4096, or 65535 once extended messages are negotiated (RFC 8654)
     */
    public void setMaxLength(int octets) {
        if (octets < BgpHeader.MAX_LENGTH || octets > BgpHeader.MAX_EXTENDED_LENGTH) {
            throw new IllegalArgumentException("a maximum of " + octets + " octets is not within "
                    + BgpHeader.MAX_LENGTH + ".." + BgpHeader.MAX_EXTENDED_LENGTH);
        }
        maxLength = octets;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            int length = Framing.frameLength(in, maxLength);
            if (length != -1 && length <= in.readableBytes()) {
                handOut(in, length);
            }
        } catch (BgpErrorException e) {
            // Before the event, because its handler may close the channel, which passes on what is still readable.
            failed = true;
            in.skipBytes(in.readableBytes());
            ctx.fireExceptionCaught(e);
        }
    }

    /** One frame per call of {@link #decode}: the next is read when this one may have brought a new maximum. */
    private void handOut(ByteBuf in, int length) {
        int end = in.readerIndex() + length;
        int arrived = in.writerIndex();
        in.writerIndex(end);
        try {
            sink.frame(in);
        } finally {
            in.setIndex(end, arrived);
        }
    }
}
