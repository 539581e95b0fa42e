package io.tapetum.interop.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

import io.tapetum.interop.lab.Host;

/** Many BGP speakers on one host, each with an address and a TCP-MD5 key of its own, that connect until they are up. */
public final class SignedClients implements AutoCloseable {
    private static final int PORT = 179;
    private static final int OPEN = 1;
    private static final int KEEPALIVE = 4;
    private static final int TYPE_OFFSET = 18;
    private static final int CONNECT_MILLIS = 2000;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final Set<String> established = ConcurrentHashMap.newKeySet();
    private final Host reflector;
    private final long as;

    private SignedClients(Host reflector, long as) {
        this.reflector = reflector;
        this.as = as;
    }

    /** Starts to connect from addresses of a host, each with its key, to a reflector. */
    public static SignedClients connect(Host from, Map<String, String> keys, Host reflector, long as) {
        SignedClients clients = new SignedClients(reflector, as);
        // The loop's thread comes into being here, and so all its sockets are this host's.
        return from.inside(() -> {
            clients.loop.submit(() -> keys.forEach(clients::connect)).sync();
            return clients;
        });
    }

    /** The addresses of those whose OPEN the reflector has accepted, and not yet ended. */
    public Set<String> established() {
        return Set.copyOf(established);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void connect(String address, String key) {
        InetAddress remote = InetAddress.ofLiteral(reflector.ipv4());
        new Bootstrap().group(loop).channel(EpollSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(EpollChannelOption.TCP_MD5SIG, Map.of(remote, key.getBytes(StandardCharsets.US_ASCII)))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new LengthFieldBasedFrameDecoder(4096, 16, 2, -18, 0),
                                new Session(address));
                        channel.closeFuture().addListener(closed -> {
                            established.remove(address);
                            if (!loop.isShuttingDown()) {
                                loop.schedule(() -> connect(address, key), 1, TimeUnit.SECONDS);
                            }
                        });
                    }
                })
                .connect(new InetSocketAddress(remote, PORT), new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    }

    /** The least that keeps a session up: an OPEN, and a KEEPALIVE for whatever comes. */
    private final class Session extends SimpleChannelInboundHandler<ByteBuf> {
        private final String address;

        private Session(String address) {
            this.address = address;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.wrappedBuffer(RawSpeaker.opening(as, address)));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            int type = message.getUnsignedByte(message.readerIndex() + TYPE_OFFSET);
            if (type == KEEPALIVE) {
                established.add(address);
            }
            if (type == KEEPALIVE || type == OPEN) {
                context.writeAndFlush(Unpooled.wrappedBuffer(RawSpeaker.keepalive()));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // And so it connects again.
        }
    }
}
