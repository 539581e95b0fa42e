package io.tapetum.core;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.Stream;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.StopReason;
import io.tapetum.core.reflection.ImportRules;
import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.session.Peer;
import io.tapetum.core.session.PeerStatus;
import io.tapetum.core.session.RestartDeferral;
import io.tapetum.core.session.RestartProgress;
import io.tapetum.core.session.SharedState;
import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.core.transport.Connector;
import io.tapetum.core.transport.EventLoop;

/**
 * A BGP route reflector (RFC 4456): its peers, spread over event loops, and the routing tables they share. Its methods
 * may be called by any thread.
 */
public final class Reflector {

    private final ReflectorSettings settings;
    private final List<EventLoop> loops;
    private final IdentityHashMap<EventLoop, Workspace> workspaces = new IdentityHashMap<>();
    private final SharedState shared;
    private final PeerRegistry registry;
    private final SplittableGenerator random;
    private final AtomicInteger nextPeerId = new AtomicInteger();

    // Volatile for those who ask how long the restart takes: written once, by start.
    private volatile long deferralEndNanos;

    /**
     * A reflector that has not been started.
     *
     * @param loops at least one; each peer is given to one of them
     * @param random for the jitter of timers
     * @param events told on the loop where it happens; must not block
     */
    public Reflector(ReflectorSettings settings, List<EventLoop> loops, Connector connector,
            SplittableGenerator random, Consumer<ReflectorEvent> events) {
        this.settings = settings;
        this.loops = List.copyOf(loops);
        this.random = random;
        for (EventLoop loop : loops) {
            workspaces.put(loop, new Workspace());
        }
        ImportRules importRules = new ImportRules(settings.as(), settings.routerId(), clusterIds(settings));
        boolean selfToInternal = templates(settings).anyMatch(template -> template.role() == PeerRole.EXTERNAL
                && template.external().nextHopToInternal() == ExternalPolicy.NextHopMode.SELF);
        this.shared = new SharedState(settings, new RoutingTables(settings), importRules, selfToInternal,
                new RestartDeferral(!settings.ranges().isEmpty()), connector,
                events);
        this.registry = new PeerRegistry(settings.ranges());
    }

    private static int[] clusterIds(ReflectorSettings settings) {
        Set<Integer> ids = new TreeSet<>();
        ids.add(settings.clusterId());
        templates(settings).forEach(template -> ids.add(template.clusterId()));
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Stream<PeerTemplate> templates(ReflectorSettings settings) {
        return Stream.concat(settings.peers().stream().map(PeerSettings::template),
                settings.ranges().stream().map(DynamicRange::template));
    }

    /** Starts the peers that were given one by one, and the time in which End-of-RIB is held back. */
    public void start() {
        RestartDeferral deferral = shared.deferral();
        if (settings.restartDeferral().isZero()) {
            deferral.end();
        } else {
            EventLoop loop = loops.getFirst();
            long deadline = loop.nanoTime() + settings.restartDeferral().toNanos();
            deferralEndNanos = deadline;
            loop.execute(() -> loop.schedule(deadline, deferral::end));
        }
        List<Peer> peers = settings.peers().stream().map(peerSettings -> make(peerSettings, false)).toList();
        // All before the first is started, or that one might be taken for the last to complete.
        peers.forEach(peer -> deferral.expect(peer.id()));
        for (Peer peer : peers) {
            // In this order: a connection that is accepted meanwhile is handed to the peer after its start.
            peer.loop().execute(peer::start);
            registry.add(peer);
        }
    }

    private Peer make(PeerSettings peerSettings, boolean dynamic) {
        int id = nextPeerId.getAndIncrement();
        EventLoop loop = loops.get(id % loops.size());
        Workspace workspace = workspaces.get(loop);
        if (workspace == null) {
            throw new AssertionError("every loop has a workspace");
        }
        SplittableGenerator own;
        synchronized (random) {
            own = random.split();
        }
        return new Peer(id, peerSettings, dynamic, loop, shared, workspace, own, registry::remove);
    }

    /** Says whose a connection from this address is. */
    public Acceptance accept(InetAddress from) {
        return switch (registry.find(from, this::makeDynamic)) {
            case PeerRegistry.Found.Known known -> new Acceptance.Welcome(known.peer());
            case PeerRegistry.Found.Stranger stranger -> {
                shared.events().accept(new ReflectorEvent.ConnectionRefused(from, stranger.reason()));
                yield new Acceptance.Refused();
            }
        };
    }

    private Peer makeDynamic(PeerSettings peerSettings) {
        Peer peer = make(peerSettings, true);
        peer.loop().execute(peer::start);
        return peer;
    }

    /** Every peer as it is now. */
    public List<PeerStatus> status() {
        return registry.all().stream().map(Peer::status).toList();
    }

    /** How far a restart has come, if End-of-RIB is held back at present. */
    public Optional<RestartProgress> restart() {
        if (!shared.deferral().holds()) {
            return Optional.empty();
        }
        Duration left = Duration.ofNanos(Math.max(0, deferralEndNanos - loops.getFirst().nanoTime()));
        return Optional.of(new RestartProgress(shared.deferral().waitingFor(), left, settings.restartDeferral()));
    }

    /** The tables, for those who show them. */
    public RoutingTables tables() {
        return shared.tables();
    }

    /**
     * Ends all sessions and accepts no more.
     *
     * @return completes when every session was told; what they sent last may still be on its way
     */
    public CompletableFuture<Void> stop(StopReason reason) {
        List<CompletableFuture<Void>> stopped = new ArrayList<>();
        for (Peer peer : registry.close()) {
            stopped.add(CompletableFuture.runAsync(() -> peer.stop(reason), peer.loop()::execute));
        }
        return CompletableFuture.allOf(stopped.toArray(CompletableFuture<?>[]::new));
    }
}
