package io.tapetum.server.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.Reflector;
import io.tapetum.core.delay.Delays;
import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.fsm.StopReason;
import io.tapetum.core.reflection.GroupStatus;
import io.tapetum.core.session.LastError;
import io.tapetum.core.session.PeerStatus;
import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.server.config.ListenAddress;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.inquiry.Explanation;
import io.tapetum.server.inquiry.Inquiry;
import io.tapetum.server.inquiry.PrefixHistory;
import io.tapetum.server.inquiry.ReflectorInquiry;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.server.logging.EventLog;
import io.tapetum.server.metrics.EventMeters;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.BirdWords;
import io.tapetum.server.reflector.Interventions;
import io.tapetum.server.reflector.NotificationCode;
import io.tapetum.server.reflector.ReflectorStatus;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.reflector.TableStatus;
import io.tapetum.server.signing.DroppedSegments;
import io.tapetum.server.signing.Reach;
import io.tapetum.server.signing.Signatures;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerAssembly;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/**
 * A reflector on real sockets: its listeners, its event loops and the connections they serve. Thread-safe.
 */
public final class NettyReflector implements RunningReflector {

    /** How long connections may take to send what they were told last. */
    private static final long FAREWELL_SECONDS = 3;

    /** As many as the kernel allows (net.core.somaxconn) of the clients that all come at once after a restart. */
    private static final int BACKLOG = 4096;

    /** How often the kernel's counters are looked at. */
    private static final long DROPPED_SECONDS = 5;

    private final EventLoopGroup accepting;
    private final EventLoopGroup serving;
    private final ChannelGroup listeners = new DefaultChannelGroup("listeners", GlobalEventExecutor.INSTANCE);
    private final ChannelGroup connections = new DefaultChannelGroup("connections", GlobalEventExecutor.INSTANCE);
    private final PeerAssembly assembly;
    private final Signatures signatures;
    private final DroppedSegments dropped;
    private final Acceptor acceptor;
    private final Reflector reflector;
    private final Inquiry inquiry;
    private final Interventions interventions;
    private final String routerId;
    private final Instant started = Instant.now();

    /** Filled before anything else can read it. */
    private final Map<ServerChannel, Reach> reaches = new HashMap<>();

    // Replaced as a whole by whoever reconciles, read by whoever asks for sessions: only shown, so it may be a moment
    // older or newer than the peers.
    private volatile Map<InetAddress, PeerOrigin> origins;

    private NettyReflector(ServerSettings settings, DesiredPeers desired, Surroundings surroundings,
            Consumer<ReflectorEvent> events) {
        int loops = settings.eventLoops() > 0 ? settings.eventLoops() : Runtime.getRuntime().availableProcessors();
        accepting = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("accept"), SocketTypes.ioHandlers());
        serving = new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("session"), SocketTypes.ioHandlers());
        List<EventLoop> eventLoops = new ArrayList<>();
        for (EventExecutor executor : serving) {
            eventLoops.add(new NettyLoop((io.netty.channel.EventLoop) executor));
        }
        routerId = NetUtil.intToIpAddress(settings.reflector().routerId());
        assembly = new PeerAssembly(settings.reflector().peers(), settings.datastore().template(),
                settings.addresses());
        origins = assembly.origins(desired);
        signatures = new Signatures(surroundings.keys(), settings.reflector().ranges(), accepting);
        List<PeerSettings> peers = assembly.settings(desired);
        signatures.peersAre(peers);
        signatures.countIn(surroundings.meters());
        dropped = new DroppedSegments(surroundings.meters());
        reflector = new Reflector(settings.reflector().withPeers(peers), eventLoops,
                new NettyConnector(connections, signatures), new SplittableRandom(), events);
        inquiry = new ReflectorInquiry(reflector);
        interventions = new PeerInterventions(reflector.supervision());
        acceptor = new Acceptor(reflector, connections, signatures, events, settings.connections(),
                surroundings.meters());
    }

    /**
     * Listens, and starts the peers.
     *
     * @throws IOException if an address cannot be listened on; nothing is left running
     */
    public static NettyReflector start(ServerSettings settings, DesiredPeers desired, Surroundings surroundings)
            throws IOException {
        refuseIfUnprotected(settings);
        NettyReflector started = new NettyReflector(settings, desired, surroundings,
                new EventLog().andThen(new EventMeters(surroundings.meters())));
        try {
            started.listen(settings.listen());
        } catch (IOException e) {
            started.close();
            throw e;
        }
        // Whoever connects before the peers are there would be taken for a stranger.
        started.reflector.start();
        started.reflector.watchLoops();
        started.listeners.forEach(listener -> listener.config().setAutoRead(true));
        started.accepting.scheduleAtFixedRate(() -> started.dropped.report(started::withoutSession), DROPPED_SECONDS,
                DROPPED_SECONDS, TimeUnit.SECONDS);
        return started;
    }

    /** Without the native transport sockets are like any others, and nobody would notice. */
    private static void refuseIfUnprotected(ServerSettings settings) throws IOException {
        Optional<String> obstacle = SocketTypes.obstacleToProtection();
        boolean needed = Stream.of(settings.reflector().peers().stream().map(PeerSettings::template),
                settings.reflector().ranges().stream().map(DynamicRange::template),
                Stream.of(settings.datastore().template())).flatMap(templates -> templates)
                .anyMatch(template -> !template.protection().equals(Protection.NONE));
        if (needed && obstacle.isPresent()) {
            throw new IOException("tcp-md5-key and ttl-security need Netty's native transport (epoll, on Linux), which"
                    + " cannot be loaded here: " + obstacle.get() + ". Mend that, or leave both out");
        }
    }

    private void listen(List<ListenAddress> addresses) throws ListenException {
        for (ListenAddress address : addresses) {
            InetSocketAddress socketAddress = address.toSocketAddress();
            ServerChannel listener = SocketTypes.newListener(socketAddress);
            Reach reach = SocketTypes.reach(socketAddress);
            if (address.isIpv6()
                    && addresses.stream().anyMatch(other -> !other.isIpv6() && other.port() == address.port())) {
                SocketTypes.ipv6Only(listener);
                reach = Reach.IPV6;
            }
            listener.config().setOption(ChannelOption.SO_REUSEADDR, true);
            listener.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
            listener.config().setAutoRead(false);
            listener.pipeline().addLast(acceptor);
            ChannelFuture bound = accepting.register(listener).awaitUninterruptibly();
            if (bound.isSuccess()) {
                protect(address, listener, reach);
                bound = listener.bind(socketAddress).awaitUninterruptibly();
            }
            if (!bound.isSuccess()) {
                listener.close();
                throw new ListenException(address, bound.cause());
            }
            listeners.add(listener);
        }
    }

    /** Before it is bound, so that not even the first SYN gets through unprotected. */
    private void protect(ListenAddress address, ServerChannel listener, Reach reach) throws ListenException {
        try {
            signatures.guard(listener, reach);
            reaches.put(listener, reach);
            setTimesToLive();
            SavedSyn.keep(listener);
        } catch (IOException | ChannelException e) {
            listener.close();
            throw new ListenException(address, e);
        }
    }

    @Override
    public void reconcile(DesiredPeers desired) {
        origins = assembly.origins(desired);
        List<PeerSettings> peers = assembly.settings(desired);
        // First of all: who is new must find its key, and who has become more suspicious must be believed at once.
        signatures.peersAre(peers);
        setTimesToLive();
        reflector.reconcile(peers);
    }

    private void setTimesToLive() {
        int ttl = signatures.ttlOfAnswers();
        int minimum = signatures.minimumTtl();
        reaches.forEach((listener, reach) -> SocketTypes.timesToLive(listener, reach, ttl, minimum));
    }

    /** The names of peers without session, with a key or without. */
    private List<String> withoutSession(boolean signed) {
        return reflector.status().filter(peer -> peer.state() != SessionState.ESTABLISHED && !peer.stopped())
                .map(PeerStatus::peer).filter(peer -> peer.template().protection().isSigned() == signed)
                .map(PeerSettings::name).toList();
    }

    @Override
    public Stream<SessionStatus> eachSession() {
        return reflector.status().map(this::status);
    }

    private SessionStatus status(PeerStatus peer) {
        PeerSettings settings = peer.peer();
        PeerOrigin otherwise = peer.dynamic() ? PeerOrigin.RANGE : PeerOrigin.CONFIGURED;
        PeerOrigin origin = origins.getOrDefault(settings.address(), otherwise);
        Agreement agreement = agreement(peer);
        return new SessionStatus(settings.name(), origin,
                settings.address(), settings.port(), settings.template().remoteAs(), settings.template().role(),
                settings.template().protection(),
                peer.state().text(), peer.stopped(), peer.sinceState(), Instant.now().minus(peer.sinceUpOrDown()),
                lastError(peer), lastErrorCode(peer), agreement, agreement == null ? Map.of() : peer.routes(),
                peer.figures());
    }

    /** What keeps a session down at present goes before what ended the last one. */
    private @Nullable String lastError(PeerStatus peer) {
        if (peer.state() != SessionState.ESTABLISHED && !peer.stopped()) {
            PeerSettings settings = peer.peer();
            Optional<String> obstacle = signatures.problem(settings.address())
                    .or(() -> dropped.suspicion(settings.template().protection().isSigned()));
            if (obstacle.isPresent()) {
                return BirdWords.lastError(new LastError(LastError.Kind.LOCAL, obstacle.get()));
            }
        }
        return peer.lastError() == null ? null : BirdWords.lastError(peer.lastError());
    }

    private static @Nullable NotificationCode lastErrorCode(PeerStatus peer) {
        LastError error = peer.lastError();
        return error == null || error.code() == 0 ? null : new NotificationCode(error.code(), error.subcode());
    }

    private static @Nullable Agreement agreement(PeerStatus peer) {
        Negotiated negotiated = peer.negotiated();
        InetAddress localAddress = peer.localAddress();
        // Each is read by itself: between two sessions one may be there already and the other not.
        if (negotiated == null || localAddress == null || peer.state() != SessionState.ESTABLISHED) {
            return null;
        }
        return new Agreement(localAddress, NetUtil.intToIpAddress(negotiated.peerIdentifier()),
                negotiated.holdTimeSeconds(), negotiated.keepaliveSeconds(), negotiated.families(),
                BirdWords.peerCapabilities(negotiated.peerOpen().capabilities()),
                BirdWords.traits(negotiated, peer.peer().template()));
    }

    @Override
    public ReflectorStatus status() {
        return new ReflectorStatus(routerId, started, started, reflector.restart().orElse(null));
    }

    @Override
    public TableStatus tables() {
        Map<Family, TableStatus.Size> families = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            AdjRibIn table = reflector.tables().adjRibIn(family);
            families.put(family, new TableStatus.Size(table.prefixes(), table.paths()));
        }
        return new TableStatus(families, reflector.tables().attributes().size());
    }

    @Override
    public List<GroupStatus> groups() {
        return reflector.groups();
    }

    @Override
    public Delays delays() {
        return reflector.delays();
    }

    @Override
    public Duration silence() {
        return reflector.silence();
    }

    @Override
    public RoutePage routes(RouteQuery query) throws UnknownPeerException {
        return inquiry.routes(query);
    }

    @Override
    public Explanation explain(String peer, Prefix prefix) throws UnknownPeerException {
        return inquiry.explain(peer, prefix);
    }

    @Override
    public Optional<PrefixHistory> history(Prefix prefix) {
        return inquiry.history(prefix);
    }

    @Override
    public boolean follow(Prefix prefix) {
        return inquiry.follow(prefix);
    }

    @Override
    public int clear(String peer, Clear what, String message) throws UnknownPeerException {
        return interventions.clear(peer, what, message);
    }

    @Override
    public int shutdown(String peer, String message) throws UnknownPeerException {
        return interventions.shutdown(peer, message);
    }

    @Override
    public int start(String peer) throws UnknownPeerException {
        return interventions.start(peer);
    }

    @Override
    public void drain(String message) {
        stop(new StopReason.Shutdown(message));
    }

    @Override
    public void close() {
        stop(new StopReason.Silent());
        serving.shutdownGracefully(0, FAREWELL_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        accepting.shutdownGracefully(0, FAREWELL_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void stop(StopReason reason) {
        listeners.close().awaitUninterruptibly();
        if (serving.isShuttingDown()) {
            return;
        }
        reflector.stop(reason).join();
        connections.newCloseFuture().awaitUninterruptibly(FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
}
