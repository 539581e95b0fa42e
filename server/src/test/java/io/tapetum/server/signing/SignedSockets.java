package io.tapetum.server.signing;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import org.jspecify.annotations.Nullable;

/** A guarded listener on real sockets, and clients that sign or do not. */
final class SignedSockets implements AutoCloseable {

    /** Three SYNs: at once, after one second, after three. */
    private static final int PATIENCE_MILLIS = 3_500;

    /** Two SYNs. */
    private static final int IMPATIENCE_MILLIS = 1_300;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    /** Connections that were let in, in order. */
    final Queue<Channel> accepted = new ConcurrentLinkedQueue<>();
    /** Why others were not. */
    final Queue<String> refused = new ConcurrentLinkedQueue<>();
    /** What came on those that were let in. */
    final Queue<String> received = new ConcurrentLinkedQueue<>();
    private @Nullable Channel listener;

    ScheduledExecutorService clock() {
        return loops;
    }

    /** Listens on any port of all addresses of both families. */
    void listen(Signatures signatures) throws IOException {
        EpollServerSocketChannel channel = new EpollServerSocketChannel(SocketProtocolFamily.INET6);
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                EpollSocketChannel connection = (EpollSocketChannel) message;
                InetAddress peer = connection.remoteAddress().getAddress();
                Optional<String> reason = signatures.accepted(context.channel(), connection, peer);
                if (reason.isPresent()) {
                    refused.add(reason.get());
                    connection.unsafe().closeForcibly();
                    return;
                }
                accepted.add(connection);
                connection.pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext reading, ByteBuf octets) {
                        received.add(octets.toString(StandardCharsets.UTF_8));
                    }
                });
                loops.register(connection);
            }
        });
        loops.register(channel).syncUninterruptibly();
        signatures.guard(channel, Reach.BOTH);
        channel.bind(new InetSocketAddress("::", 0)).syncUninterruptibly();
        listener = channel;
    }

    /** Connects from an address of the loopback interface; {@code null} if nobody answers. */
    @Nullable
    Channel connect(String from, @Nullable String key) throws IOException {
        return connect(from, key, PATIENCE_MILLIS);
    }

    /** Whether nobody answers who connects from an address of the loopback interface. */
    boolean isKeptOut(String from, @Nullable String key) throws IOException {
        return connect(from, key, IMPATIENCE_MILLIS) == null;
    }

    private @Nullable Channel connect(String from, @Nullable String key, int millis) throws IOException {
        InetAddress local = InetAddress.ofLiteral(from);
        InetAddress remote = InetAddress.ofLiteral(local instanceof Inet6Address ? "::1" : "127.0.0.1");
        EpollSocketChannel channel = new EpollSocketChannel(
                local instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
        if (key != null) {
            Md5Option.set(channel, local instanceof Inet6Address, KeyPrefix.of(remote), HeldKeys.key(key));
        }
        ChannelFuture connecting = new Bootstrap().group(loops).channelFactory(() -> channel)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new InetSocketAddress(remote, port()), new InetSocketAddress(local, 0)).awaitUninterruptibly();
        return connecting.isSuccess() ? channel : null;
    }

    /** Has a client that is connected sign with another key, or no more. */
    static void rekey(Channel client, @Nullable String key) throws IOException {
        InetAddress remote = ((InetSocketAddress) client.remoteAddress()).getAddress();
        Md5Option.set(client, remote instanceof Inet6Address, KeyPrefix.of(remote),
                key == null ? null : HeldKeys.key(key));
    }

    static void send(Channel from, String text) {
        from.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private int port() {
        if (listener == null) {
            throw new IllegalStateException("nobody listens");
        }
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    List<Channel> accepted() {
        return List.copyOf(accepted);
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
