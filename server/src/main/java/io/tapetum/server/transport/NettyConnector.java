package io.tapetum.server.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;

import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.core.transport.Connector;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.server.signing.Signatures;

/** Opens TCP connections to peers. Thread-safe. */
final class NettyConnector implements Connector {

    /** Longer than any round trip that BGP could live with; the state machine's own timers decide what comes next. */
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    private static final Pattern KERNEL_SAID = Pattern.compile("failed with error\\(-?\\d+\\): ([^:]+)");

    private final ChannelGroup connections;
    private final Signatures signatures;

    NettyConnector(ChannelGroup connections, Signatures signatures) {
        this.connections = connections;
        this.signatures = signatures;
    }

    /** What the kernel said: the native transport wraps it into the name of the call, a number and the address. */
    static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        Matcher kernel = KERNEL_SAID.matcher(message);
        return switch (cause) {
            case ConnectTimeoutException _ -> "Connection timed out";
            // This one has nothing of the kernel's in it, only "null" and the address.
            case NoRouteToHostException _ -> "No route to host";
            default -> kernel.find() ? kernel.group(1) : message;
        };
    }

    /** Whoever has another key does not answer at all. */
    private static String hint(Throwable cause, PeerSettings peer) {
        Protection protection = peer.template().protection();
        return cause instanceof ConnectTimeoutException && protection.isSigned()
                ? ": no answer to our SYN, so it is unreachable, does not listen, or its TCP-MD5 key is not "
                        + protection.key()
                : "";
    }

    @Override
    public Attempt connect(PeerSettings peer, EventLoop loop, ConnectionHandler handler) {
        boolean[] aborted = new boolean[1];
        SocketChannel channel;
        try {
            channel = open(peer);
        } catch (IOException | ChannelException e) {
            // Not at once: whoever asked does not know the attempt yet.
            loop.execute(() -> {
                if (!aborted[0]) {
                    handler.connectFailed(reason(e));
                }
            });
            return () -> aborted[0] = true;
        }
        ChannelFuture connecting = connect(channel, peer, (NettyLoop) loop);
        connecting.addListener(done -> {
            if (aborted[0]) {
                channel.close();
            } else if (done.isSuccess()) {
                NettyConnection connection = new NettyConnection(channel, (NettyLoop) loop);
                connections.add(channel);
                connection.deliverTo(handler);
                handler.connected(connection);
                connection.read();
            } else {
                handler.connectFailed(reason(done.cause()) + hint(done.cause(), peer));
            }
        });
        return () -> {
            aborted[0] = true;
            channel.close();
        };
    }

    /** A socket that is protected and prepared, but not connected yet. There may be no file left for it. */
    private SocketChannel open(PeerSettings peer) throws IOException {
        SocketChannel channel = SocketTypes.newConnection(peer.address());
        try {
            Sockets.prepare(channel, peer);
            signatures.opening(channel, peer.address());
            return channel;
        } catch (IOException | ChannelException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
    }

    private static ChannelFuture connect(SocketChannel channel, PeerSettings peer, NettyLoop loop) {
        Bootstrap bootstrap = new Bootstrap().group(loop.loop()).channelFactory(() -> channel)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel created) {
                        // What reads from it takes its place when it is connected.
                    }
                });
        if (peer.localAddress() != null) {
            bootstrap.localAddress(new InetSocketAddress(peer.localAddress(), 0));
        }
        return bootstrap.connect(new InetSocketAddress(peer.address(), peer.port()));
    }
}
