package io.tapetum.load.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;

import io.tapetum.load.route.Addresses;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.frame.FrameDecoder;
import io.tapetum.wire.frame.FrameSink;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageDecoder;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Open;

/**
 * Passes every UPDATE on to all, and is no route reflector: it keeps no route, so it tells who comes later nothing, chooses
 * no best path, withdraws nothing for who leaves, checks nothing, and holds whatever a slow peer does not take. An UPDATE
 * is copied once, with ORIGINATOR_ID and CLUSTER_LIST added, to what has come in during one turn of the event loop, and
 * that one buffer goes to everybody, its sender included. What a real reflector needs more than this is the price of being
 * one.
 */
public final class Relay implements AutoCloseable {

    private static final int HOLD_TIME_SECONDS = 90;
    private static final int KEEPALIVE_SECONDS = HOLD_TIME_SECONDS / 3;

    private static final int TURN = 1 << 16;

    private final Reflection reflection;
    private final MultiThreadIoEventLoopGroup group;
    private final List<Channel> established = new ArrayList<>();
    private final Channel listener;
    /** What has come in during this turn of the event loop. */
    private ByteBuf turn = Unpooled.directBuffer(TURN);

    /**
     * Listens on 127.0.0.1.
     *
     * @param port 0 for any that is free
     * @param reflection what is made of an UPDATE
     */
    public Relay(int port, Reflection reflection) {
        this.reflection = reflection;
        group = new MultiThreadIoEventLoopGroup(1, task -> {
            Thread thread = new Thread(task, "relay");
            thread.setDaemon(true);
            return thread;
        }, EpollIoHandler.newFactory());
        listener = new ServerBootstrap().group(group).channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096).childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Peer peer = new Peer(channel);
                        channel.pipeline().addLast(new FrameDecoder(peer), peer);
                    }
                }).bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port)).syncUninterruptibly()
                .channel();
        group.next().scheduleAtFixedRate(this::keepAlive, KEEPALIVE_SECONDS, KEEPALIVE_SECONDS, TimeUnit.SECONDS);
    }

    /** The relay as a process. Its argument is the port. */
    public static void main(String[] arguments) throws InterruptedException {
        try (Relay relay = new Relay(Integer.parseInt(arguments[0]), Reflection::right)) {
            relay.listener.closeFuture().sync();
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void relay(ByteBuf update, int originator) {
        if (!turn.isReadable()) {
            // Runs when all sockets that have something have been read.
            listener.eventLoop().execute(this::send);
        }
        reflection.write(update, originator, turn);
    }

    private void send() {
        for (Channel channel : established) {
            channel.writeAndFlush(turn.retainedDuplicate(), channel.voidPromise());
        }
        turn.release();
        turn = Unpooled.directBuffer(TURN);
    }

    private void keepAlive() {
        for (Channel channel : established) {
            channel.writeAndFlush(message(Keepalive.INSTANCE), channel.voidPromise());
        }
    }

    private static ByteBuf message(Message message) {
        ByteBuf out = Unpooled.directBuffer();
        MessageEncoder.write(message, out);
        return out;
    }

    private final class Peer extends ChannelInboundHandlerAdapter implements FrameSink {

        private final Channel channel;
        private int identifier;

        Peer(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void frame(ByteBuf frame) {
            if (frame.getUnsignedByte(frame.readerIndex() + BgpHeader.TYPE_OFFSET) == BgpHeader.UPDATE) {
                relay(frame, identifier);
                return;
            }
            try {
                if (MessageDecoder.read(frame) instanceof Open open) {
                    answer(open);
                }
            } catch (BgpErrorException e) {
                channel.close();
            }
        }

        private void answer(Open open) {
            identifier = open.bgpIdentifier();
            established.add(channel);
            channel.write(message(new Open(Open.VERSION, Addresses.AS, HOLD_TIME_SECONDS, 10 << 24 | 0xFFFF01,
                    List.of(new Multiprotocol(Family.IPV4_UNICAST.afi(), Family.IPV4_UNICAST.safi()),
                            new FourOctetAs(Addresses.AS)))),
                    channel.voidPromise());
            channel.writeAndFlush(message(Keepalive.INSTANCE), channel.voidPromise());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            established.remove(ctx.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
