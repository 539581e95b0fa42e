package io.tapetum.server.transport;

import java.net.InetSocketAddress;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
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

    private final ChannelGroup connections;

    NettyConnector(ChannelGroup connections) {
        this.connections = connections;
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
                handler.connectFailed(String.valueOf(done.cause().getMessage()));
            }
        });
        return () -> {
            aborted[0] = true;
            connecting.channel().close();
        };
    }
}
