package io.tapetum.server.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.core.Acceptance;
import io.tapetum.core.Reflector;
import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.event.Refusal;
import io.tapetum.core.session.Peer;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.server.admission.AdmittedConnection;
import io.tapetum.server.admission.ConnectionLedger;
import io.tapetum.server.admission.OpenFiles;
import io.tapetum.server.config.ConnectionSettings;
import io.tapetum.server.logging.RepeatedEvents;
import io.tapetum.server.signing.Signatures;

/**
 * Takes connections from a listening socket. Whose they are is asked before they are handed to an event loop, so that a
 * connection starts life on the loop of its peer, and one from a stranger costs a lookup and a close. Shared by all
 * listeners; runs on the accepting loop.
 */
@ChannelHandler.Sharable
final class Acceptor extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);

    /** How long a listener takes nothing after it could not: who connects meanwhile waits in the kernel. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Reflector reflector;
    private final ChannelGroup connections;
    private final Signatures signatures;
    private final Consumer<ReflectorEvent> events;
    private final ConnectionLedger ledger;
    private final Duration openTime;
    private final Counter accepted;
    private final Counter failures;
    private final RepeatedEvents<String> repeated = new RepeatedEvents<>(Duration.ofSeconds(30), 10);

    /**
     * Takes connections as far as the limits allow.
     *
     * @param connections where those that it takes are added
     */
    Acceptor(Reflector reflector, ChannelGroup connections, Signatures signatures, Consumer<ReflectorEvent> events,
            ConnectionSettings limits, MeterRegistry meters) {
        this.reflector = reflector;
        this.connections = connections;
        this.signatures = signatures;
        this.events = events;
        this.ledger = new ConnectionLedger(limits.maximum() > 0 ? limits.maximum() : OpenFiles.forConnections(),
                limits);
        this.openTime = limits.openTime();
        this.accepted = Counter.builder("tapetum.connections.accepted")
                .description("Connections that peers opened and that were taken").register(meters);
        this.failures = Counter.builder("tapetum.connections.accept.failures")
                .description("Times that the kernel had no connection to give, for want of open files mostly")
                .register(meters);
        Gauge.builder("tapetum.connections.open", ledger, ConnectionLedger::open)
                .description("Connections that peers opened, half-open ones among them").register(meters);
        Gauge.builder("tapetum.connections.half.open", ledger, ConnectionLedger::halfOpen)
                .description("Connections that peers opened and that have no Established session").register(meters);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        SocketChannel channel = (SocketChannel) message;
        InetSocketAddress remote = channel.remoteAddress();
        if (remote == null) {
            channel.unsafe().closeForcibly(); // gone before it was looked at
            return;
        }
        switch (reflector.accept(remote.getAddress(), this::refuses)) {
            case Acceptance.Refused _ -> channel.unsafe().closeForcibly();
            case Acceptance.Welcome welcome -> {
                AdmittedConnection admitted = new AdmittedConnection(ledger, remote.getAddress());
                Optional<String> reason = protect(context.channel(), channel, welcome.peer());
                if (reason.isEmpty()) {
                    accepted.increment();
                    handOver(channel, welcome.peer(), admitted);
                } else {
                    admitted.closed();
                    refuse(channel, welcome.peer(), reason.get());
                }
            }
        }
    }

    /** Decides whether a connection of a peer is let in. The ledger comes last, for it counts whom it lets in. */
    private @Nullable Refusal refuses(PeerSettings peer) {
        return ledger.enters(peer.address(), System.nanoTime());
    }

    /** Before anything is read from it. Returns why it cannot be protected as the peer's settings ask, if it cannot. */
    private Optional<String> protect(Channel listener, SocketChannel channel, Peer peer) {
        try {
            Sockets.prepare(channel, peer.settings());
        } catch (IOException | ChannelException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return tooFar(channel, peer.settings().template().protection())
                .or(() -> signatures.accepted(listener, channel, peer.settings().address()));
    }

    /** What came before the connection was protected came from where its SYN did. */
    private static Optional<String> tooFar(SocketChannel channel, Protection protection) {
        if (!protection.checksTtl()) {
            return Optional.empty();
        }
        OptionalInt left = SavedSyn.timeToLive(channel);
        return left.isEmpty() || left.getAsInt() >= protection.minimumTtl()
                ? Optional.empty()
                : Optional.of("its packets come with a time to live of " + left.getAsInt() + ", and ttl-security = "
                        + protection.ttlSecurityHops() + " asks for " + protection.minimumTtl()
                        + " at least: it has to send with 255, over as many hops at most");
    }

    private void refuse(SocketChannel channel, Peer peer, String reason) {
        events.accept(new ReflectorEvent.ConnectionRefused(peer.settings().address(),
                new Refusal.Unprotected(reason)));
        channel.unsafe().closeForcibly();
        peer.loop().execute(peer::abandon);
    }

    private void handOver(SocketChannel channel, Peer peer, AdmittedConnection admitted) {
        channel.closeFuture().addListener(_ -> admitted.closed());
        channel.pipeline().addLast(new Arrival(channel, peer, admitted));
        ((NettyLoop) peer.loop()).loop().register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
                signatures.forget(channel);
                admitted.closed();
                peer.loop().execute(peer::abandon);
            }
        });
    }

    /**
     * Too many open files, most likely. The kernel says so again for as long as somebody waits to be accepted, so the
     * listener stops asking for a moment. Sessions go on.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failures.increment();
        repeated.happened(String.valueOf(cause.getMessage())).ifPresent(times -> LOG.warn(
                "no connection could be accepted, {}: {}. Raise the limit of open files (ulimit -n), or lower"
                        + " tapetum.connections.maximum below it",
                times, cause.getMessage()));
        Channel listener = context.channel();
        listener.config().setAutoRead(false);
        listener.eventLoop().schedule(() -> listener.config().setAutoRead(true), PAUSE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Waits, on the loop of the peer, until the channel is there, and gives it to the peer. */
    private final class Arrival extends ChannelInboundHandlerAdapter {

        private final SocketChannel channel;
        private final Peer peer;
        private final AdmittedConnection admitted;

        Arrival(SocketChannel channel, Peer peer, AdmittedConnection admitted) {
            this.channel = channel;
            this.peer = peer;
            this.admitted = admitted;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            NettyConnection connection = new NettyConnection(channel, (NettyLoop) peer.loop());
            Future<?> overdue = channel.eventLoop().schedule(() -> connection.overdue(openTime), openTime.toMillis(),
                    TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(_ -> overdue.cancel(false));
            connection.whenEstablished(() -> {
                overdue.cancel(false);
                admitted.established();
            });
            connection.read(); // before the first octet is sent, so that it is told if there is nobody to take it
            ConnectionHandler handler = peer.incoming(connection);
            if (handler == null) {
                channel.close(); // the dynamic peer ended this moment; who connects again is welcome anew
                return;
            }
            connections.add(channel);
            connection.deliverTo(handler);
            channel.pipeline().remove(this);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            peer.abandon();
        }
    }
}
