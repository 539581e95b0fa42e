package io.tapetum.server.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.codec.DecoderException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.core.transport.Connection;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.server.logging.Defects;
import io.tapetum.server.logging.RepeatedEvents;
import io.tapetum.wire.frame.FrameDecoder;
import io.tapetum.wire.frame.FrameSink;
import io.tapetum.wire.message.BgpErrorException;

/**
 * A TCP connection as a Netty channel: takes the frames of its {@link FrameDecoder}, and stands behind it in the pipeline.
 * Confined to the channel's event loop.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter implements Connection, FrameSink {

    private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);
    private static final Defects DEFECTS = new Defects();

    /** How long a peer may take to close its end after we closed ours. */
    private static final long LINGER_SECONDS = 2;

    /** Octets gathered before they are sent, however much more there is: about what a socket takes at once. */
    private static final long GATHER_OCTETS = 256 * 1024;

    private final SocketChannel channel;
    private final FrameDecoder frames = new FrameDecoder(this);
    private final GatheringWrite gathered;
    /** Where slices go without the channel's queue; {@code null} for a channel that hides its socket. */
    private final @Nullable FileDescriptor socket;
    private @Nullable ConnectionHandler handler;
    private Runnable whenEstablished = () -> {
    };
    private boolean closing;
    private long octetsQueued;

    /**
     * The connection of a channel that is open.
     *
     * @param loop the channel's
     */
    NettyConnection(SocketChannel channel, NettyLoop loop) {
        this.channel = channel;
        this.gathered = loop.gathered();
        this.socket = channel instanceof UnixChannel unix ? unix.fd() : null;
    }

    /** Takes its place in the channel's pipeline: from now on frames are delivered. */
    void read() {
        channel.pipeline().addLast(arrivals(), frames, this);
    }

    /** Says who is told what happens from now on. */
    void deliverTo(ConnectionHandler newHandler) {
        this.handler = newHandler;
    }

    /** Says what is done when this connection becomes the session. */
    void whenEstablished(Runnable action) {
        this.whenEstablished = action;
    }

    /** Tells that it has not become the session within this time. */
    void overdue(Duration time) {
        if (handler != null && !closing) {
            handler.overdue(time);
        }
    }

    @Override
    public void established() {
        whenEstablished.run();
    }

    @Override
    public InetAddress localAddress() {
        InetSocketAddress local = channel.localAddress();
        return local == null ? InetAddress.getLoopbackAddress() : local.getAddress();
    }

    @Override
    public void write(ByteBuf octets) {
        sendGathered(); // what was written before goes first
        octetsQueued += octets.readableBytes();
        queue(octets);
    }

    @Override
    public void write(ByteBuf shared, int offset, int length) {
        octetsQueued += length;
        if (socket == null || hasPending()) {
            queue(shared.retainedSlice(offset, length));
            return;
        }
        NettyConnection owner = gathered.owner();
        if (owner != null && owner != this) {
            owner.flush();
        }
        gathered.add(this, shared, offset, length);
        if (gathered.isFull() || gathered.octets() >= GATHER_OCTETS) {
            flush();
        }
    }

    /** Appends to what the channel sends when its socket has room again. */
    void queue(ByteBuf octets) {
        channel.write(octets, channel.voidPromise());
    }

    @Override
    public void flush() {
        sendGathered();
        if (hasPending()) {
            channel.flush();
        }
    }

    private void sendGathered() {
        if (socket == null || gathered.owner() != this) {
            return;
        }
        if (!channel.isOpen()) {
            // The number of a socket that is closed may be another connection's by now.
            gathered.discard(this);
            return;
        }
        try {
            gathered.send(socket, this);
        } catch (IOException e) {
            channel.close(); // as Netty does when it finds the socket broken; the peer hears of it by channelInactive
        }
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
    private ChannelInboundHandlerAdapter arrivals() {
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
    public void frame(ByteBuf frame) {
        if (handler != null && !closing) {
            handler.received(frame);
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
        if (error instanceof BgpErrorException malformed) {
            if (handler != null && !closing) {
                handler.malformed(malformed);
            }
            return; // of no interest any more: nobody is to fill the log with what he sends to a closed door
        }
        // The kernel's word that the connection is gone, or a defect of ours that must cost this session only.
        if (!(error instanceof IOException)) {
            DEFECTS.happened(error).ifPresent(times -> tell(error, times));
        }
        channel.close();
    }

    private void tell(Throwable defect, RepeatedEvents.Times times) {
        InetSocketAddress remote = channel.remoteAddress();
        String address = remote == null ? "an unknown address" : remote.getAddress().getHostAddress();
        LOG.atError().addKeyValue("address", address).setCause(defect)
                .log("a defect ended the session with {}, {}; please report it", address, times);
    }
}
