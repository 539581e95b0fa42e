package io.tapetum.server.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.core.transport.Connection;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.wire.frame.FrameDecoder;
import io.tapetum.wire.message.BgpErrorException;

/**
 * A TCP connection as a Netty channel: the last handler of its pipeline, behind the {@link FrameDecoder}. Confined to
 * the channel's event loop.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);

    /** How long a peer may take to close its end after we closed ours. */
    private static final long LINGER_SECONDS = 2;

    private final SocketChannel channel;
    private final FrameDecoder frames;
    private @Nullable ConnectionHandler handler;
    private boolean closing;
    private long octetsQueued;

    NettyConnection(SocketChannel channel, FrameDecoder frames) {
        this.channel = channel;
        this.frames = frames;
    }

    /** Says who is told what happens from now on. */
    void deliverTo(ConnectionHandler newHandler) {
        this.handler = newHandler;
    }

    @Override
    public InetAddress localAddress() {
        InetSocketAddress local = channel.localAddress();
        return local == null ? InetAddress.getLoopbackAddress() : local.getAddress();
    }

    @Override
    public void write(ByteBuf octets) {
        octetsQueued += octets.readableBytes();
        channel.write(octets, channel.voidPromise());
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public boolean hasPending() {
        return pendingOctets() > 0;
    }

    @Override
    public long octetsTaken() {
        return octetsQueued - pendingOctets();
    }

    private long pendingOctets() {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }

    @Override
    public void maximumMessageLength(int octets) {
        frames.setMaxLength(octets);
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        // Closing a socket with unread octets would send a reset, and a reset may overtake what was sent before; so our
        // end is shut, and what still comes is read and dropped until the peer closes too.
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener((ChannelFutureListener) written -> channel.shutdownOutput());
        channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void abort() {
        closing = true;
        channel.close();
    }

    /** What stands first in the pipeline: tells the peer of octets that do not make a message yet. */
    ChannelInboundHandlerAdapter arrivals() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object octets) {
                if (handler != null && !closing) {
                    handler.octetsReceived();
                }
                context.fireChannelRead(octets);
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf frame = (ByteBuf) message;
        try {
            if (handler != null && !closing) {
                handler.received(frame);
            }
        } finally {
            frame.release();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (handler != null && !closing) {
            handler.writabilityChanged();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (handler != null) {
            handler.closed();
            handler = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        Throwable error = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (error instanceof BgpErrorException malformed && handler != null && !closing) {
            handler.malformed(malformed);
        } else {
            // The kernel's word that the connection is gone, or a defect of ours that must cost this session only.
            if (!(error instanceof IOException)) {
                LOG.error("A defect ended the session with {}; please report it", channel.remoteAddress(), error);
            }
            channel.close();
        }
    }
}
