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
 * <p><b>Ownership.</b> Every message fired is a {@link ByteBuf} that holds exactly one frame: a retained slice of what
 * was read, never a copy. The next handler owns it and must release it; until then it keeps the whole read buffer
 * alive, so whoever wants to remember a part of it copies that part.
 *
 * <p><b>Errors.</b> A wrong header makes the stream unreadable from there on. Frames in front of it are fired first,
 * then the {@link BgpErrorException}, once, as an exception event and not wrapped; all that arrives later is dropped.
 * An incomplete frame at the end of the connection is dropped silently, the end itself is the news.
 *
 * <p>Belongs to one channel and is touched by its event loop only.
 */
public final class FrameDecoder extends ByteToMessageDecoder {

    private int maxLength = BgpHeader.MAX_LENGTH;
    private boolean failed;

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
                // One frame per call: it is fired before the next call, which may then see a new maximum.
                out.add(in.readRetainedSlice(length));
            }
        } catch (BgpErrorException e) {
            // Before the event, because its handler may close the channel, which passes on what is still readable.
            failed = true;
            in.skipBytes(in.readableBytes());
            ctx.fireExceptionCaught(e);
        }
    }
}
