package io.tapetum.server.transport;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;

import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.core.transport.Connector;
import io.tapetum.core.transport.EventLoop;

/** Opens TCP connections to peers. Thread-safe. */
final class NettyConnector implements Connector {

    /** Longer than any round trip that BGP could live with; the state machine's own timers decide what comes next. */
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private static final Pattern KERNEL_SAID = Pattern.compile("failed with error\\(-?\\d+\\): ([^:]+)");

    private final ChannelGroup connections;

    NettyConnector(ChannelGroup connections) {
        this.connections = connections;
    }

    /** What the kernel said: the native transport wraps it into the name of the call, a number and the address. */
    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        Matcher kernel = KERNEL_SAID.matcher(message);
        return cause instanceof ConnectTimeoutException
                ? "Connection timed out"
                : kernel.find() ? kernel.group(1) : message;
    }

    @Override
    public Attempt connect(PeerSettings peer, EventLoop loop, ConnectionHandler handler) {
        Bootstrap bootstrap = new Bootstrap()
                .group(((NettyLoop) loop).loop())
                .channelFactory(SocketTypes.channels(peer.address()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        Sockets.prepare(channel, peer);
                    }
                });
        if (peer.localAddress() != null) {
            bootstrap.localAddress(new InetSocketAddress(peer.localAddress(), 0));
        }
        ChannelFuture connecting = bootstrap.connect(new InetSocketAddress(peer.address(), peer.port()));
        boolean[] aborted = new boolean[1];
        connecting.addListener(done -> {
            if (aborted[0]) {
                connecting.channel().close();
            } else if (done.isSuccess()) {
                SocketChannel channel = (SocketChannel) connecting.channel();
                NettyConnection connection = new NettyConnection(channel, (NettyLoop) loop);
                connections.add(channel);
                connection.deliverTo(handler);
                handler.connected(connection);
                connection.read();
            } else {
                handler.connectFailed(reason(done.cause()));
            }
        });
        return () -> {
            aborted[0] = true;
            connecting.channel().close();
        };
    }
}
