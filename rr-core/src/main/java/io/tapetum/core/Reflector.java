package io.tapetum.core;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.Stream;

import io.tapetum.core.delay.Delays;
import io.tapetum.core.delay.LoopDelays;
import io.tapetum.core.delay.LoopWatch;
import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.StopReason;
import io.tapetum.core.reflection.GroupStatus;
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
import io.tapetum.core.transport.Doorkeeper;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.wire.Family;

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
    private final Supervision supervision;
    private final SplittableGenerator random;
    private final AtomicInteger nextPeerId = new AtomicInteger();

    // Volatile for those who ask how long the loops have been silent: written once, by watchLoops.
    private volatile List<LoopWatch> watches = List.of();

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
        ImportRules importRules = new ImportRules(settings.as(), settings.routerId(), settings.clusterId(),
                templates(settings.peers()));
        boolean selfToInternal = Stream.concat(templates(settings.peers()).stream(), settings.later().stream())
                .anyMatch(template -> template.role() == PeerRole.EXTERNAL
                        && template.external().nextHopToInternal() == ExternalPolicy.NextHopMode.SELF);
        this.shared = new SharedState(settings, new RoutingTables(), importRules, selfToInternal,
                new RestartDeferral(!settings.ranges().isEmpty()), connector,
                events);
        this.registry = new PeerRegistry(settings.ranges());
        this.supervision = new Supervision(registry, shared.tables(), this.loops.getFirst());
    }

    private List<PeerTemplate> templates(Collection<PeerSettings> peers) {
        return Stream.concat(peers.stream().map(PeerSettings::template),
                settings.ranges().stream().map(DynamicRange::template)).toList();
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
        peers.forEach(this::admit);
    }

    /**
     * Makes these the peers that are given one by one. Who is not among them is told so and forgotten, who is new is
     * started, and who changed gets a new session only if the change needs one; nobody else notices. Call it after
     * {@link #start}.
     *
     * @param peers no two with the same address
     */
    public synchronized void reconcile(Collection<PeerSettings> peers) {
        Map<InetAddress, Peer> former = registry.given();
        shared.importRules().peersAre(settings.as(), settings.clusterId(), templates(peers));
        for (PeerSettings wanted : peers) {
            Peer peer = former.remove(wanted.address());
            if (peer == null) {
                admit(make(wanted, false));
            } else if (wanted.needsOtherSession(peer.settings())) {
                admit(make(wanted, false));
            } else if (!wanted.equals(peer.settings())) {
                peer.loop().execute(() -> peer.adjust(wanted));
            }
        }
        for (Peer peer : former.values()) {
            registry.forget(peer);
            retire(peer, new StopReason.Deconfigured());
        }
    }

    /** Starts a peer in the place of whoever has its address; not if an operator does not want that one. */
    private void admit(Peer peer) {
        Peer former;
        // So that nobody shuts down the former one in between.
        synchronized (supervision) {
            Peer present = registry.at(peer.settings().address());
            peer.hold(present != null && present.isHeld());
            // In this order: a connection that is accepted meanwhile is handed to the peer after its start.
            peer.loop().execute(peer::start);
            former = registry.add(peer);
        }
        if (former != null) {
            retire(former, new StopReason.ConfigurationChange());
        }
    }

    private void retire(Peer peer, StopReason reason) {
        peer.loop().execute(() -> {
            peer.stop(reason);
            shared.deferral().completed(peer.id());
        });
    }

    private Peer make(PeerSettings peerSettings, boolean dynamic) {
        int id = nextPeerId.getAndIncrement();
        EventLoop loop = loops.get(id % loops.size());
        Workspace workspace = workspace(loop);
        SplittableGenerator own;
        synchronized (random) {
            own = random.split();
        }
        return new Peer(id, peerSettings, dynamic, loop, shared, workspace, own, registry::remove);
    }

    private Workspace workspace(EventLoop loop) {
        Workspace workspace = workspaces.get(loop);
        if (workspace == null) {
            throw new AssertionError("every loop has a workspace");
        }
        return workspace;
    }

    /** Says whose a connection from this address is, where nothing bounds how many there are. */
    public Acceptance accept(InetAddress from) {
        return accept(from, _ -> null);
    }

    /** Says whose a connection from this address is. */
    public Acceptance accept(InetAddress from, Doorkeeper doorkeeper) {
        return switch (registry.find(from, doorkeeper, this::makeDynamic)) {
            case PeerRegistry.Found.Known known -> new Acceptance.Welcome(known.peer());
            case PeerRegistry.Found.Unwelcome unwelcome -> {
                shared.events().accept(new ReflectorEvent.ConnectionRefused(from, unwelcome.why()));
                yield new Acceptance.Refused(unwelcome.why());
            }
        };
    }

    private Peer makeDynamic(PeerSettings peerSettings) {
        Peer peer = make(peerSettings, true);
        peer.loop().execute(peer::start);
        return peer;
    }

    /** What operators ask and do. */
    public Supervision supervision() {
        return supervision;
    }

    /** Every peer as it is now. */
    public Stream<PeerStatus> status() {
        return registry.all().stream().map(Peer::status);
    }

    /** How far a restart has come, if End-of-RIB is held back at present. */
    public Optional<RestartProgress> restart() {
        if (!shared.deferral().holds()) {
            return Optional.empty();
        }
        Duration left = Duration.ofNanos(Math.max(0, deferralEndNanos - loops.getFirst().nanoTime()));
        return Optional.of(new RestartProgress(shared.deferral().waitingFor(), left, settings.restartDeferral()));
    }

    /** Every update group of every family as it is now. */
    public List<GroupStatus> groups() {
        return shared.tables().groups();
    }

    /** How long things have taken since the reflector was made. */
    public Delays delays() {
        return LoopDelays.together(workspaces.values().stream().map(Workspace::delays).toList());
    }

    /**
     * Begins to watch whether the event loops run, which keeps a timer going on each of them for as long as it exists. Call it
     * once. Who runs everything on a virtual clock has no need of it.
     */
    public void watchLoops() {
        watches = loops.stream().map(loop -> new LoopWatch(loop, workspace(loop).delays().loop()).begin()).toList();
    }

    /** For how long the event loop that was heard of least recently has not been; zero if nobody watches them. */
    public Duration silence() {
        return watches.stream().map(LoopWatch::silence).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
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
        for (Family family : Family.values()) {
            shared.tables().groups(family).silence();
        }
        List<CompletableFuture<Void>> stopped = new ArrayList<>();
        for (Peer peer : registry.close()) {
            stopped.add(CompletableFuture.runAsync(() -> peer.stop(reason), peer.loop()::execute));
        }
        return CompletableFuture.allOf(stopped.toArray(CompletableFuture<?>[]::new));
    }
}
