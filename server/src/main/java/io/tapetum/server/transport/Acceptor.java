package io.tapetum.server.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.core.Acceptance;
import io.tapetum.core.Reflector;
import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.session.Peer;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.server.signing.Signatures;

/**
 * Takes connections from a listening socket. Whose they are is asked before they are handed to an event loop, so that a
 * connection starts life on the loop of its peer, and one from a stranger costs a lookup and a close. Shared by all
 * listeners; runs on the accepting loop.
 */
@ChannelHandler.Sharable
final class Acceptor extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    private final Reflector reflector;
    private final ChannelGroup connections;
    private final Signatures signatures;
    private final Consumer<ReflectorEvent> events;

    Acceptor(Reflector reflector, ChannelGroup connections, Signatures signatures, Consumer<ReflectorEvent> events) {
        this.reflector = reflector;
        this.connections = connections;
        this.signatures = signatures;
        this.events = events;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        SocketChannel channel = (SocketChannel) message;
        InetSocketAddress remote = channel.remoteAddress();
        if (remote == null) {
            channel.unsafe().closeForcibly(); // gone before it was looked at
            return;
        }
        switch (reflector.accept(remote.getAddress())) {
            case Acceptance.Refused _ -> channel.unsafe().closeForcibly();
            case Acceptance.Welcome welcome -> {
                Optional<String> reason = protect(context.channel(), channel, welcome.peer());
                if (reason.isEmpty()) {
                    handOver(channel, welcome.peer());
                } else {
                    refuse(channel, welcome.peer(), reason.get());
                }
            }
        }
    }

    /** Before anything is read from it. Returns why it cannot be protected as the peer's settings ask, if it cannot. */
    private Optional<String> protect(Channel listener, SocketChannel channel, Peer peer) {
        try {
            Sockets.prepare(channel, peer.settings());
        } catch (IOException | ChannelException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return signatures.accepted(listener, channel, peer.settings().address());
    }

    private void refuse(SocketChannel channel, Peer peer, String reason) {
        events.accept(new ReflectorEvent.ConnectionRefused(peer.settings().address(), reason));
        channel.unsafe().closeForcibly();
        peer.loop().execute(peer::abandon);
    }

    private void handOver(SocketChannel channel, Peer peer) {
        channel.pipeline().addLast(new Arrival(channel, peer));
        ((NettyLoop) peer.loop()).loop().register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
                peer.loop().execute(peer::abandon);
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Too many open files, most likely: the listener goes on, and takes connections again when it can.
        LOG.warn("A connection could not be accepted: {}. If this repeats, raise the limit of open files (ulimit -n)",
                cause.getMessage());
    }

    /** Waits, on the loop of the peer, until the channel is there, and gives it to the peer. */
    private final class Arrival extends ChannelInboundHandlerAdapter {

        private final SocketChannel channel;
        private final Peer peer;

        Arrival(SocketChannel channel, Peer peer) {
            this.channel = channel;
            this.peer = peer;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            NettyConnection connection = new NettyConnection(channel, (NettyLoop) peer.loop());
            ConnectionHandler handler = peer.incoming(connection);
            if (handler == null) {
                channel.close(); // the dynamic peer ended this moment; who connects again is welcome anew
                return;
            }
            connections.add(channel);
            connection.deliverTo(handler);
            connection.read();
            channel.pipeline().remove(this);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            peer.abandon();
        }
    }
}
