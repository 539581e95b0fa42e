package io.tapetum.core.simulation;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.Acceptance;
import io.tapetum.core.Reflector;
import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.DownReason;
import io.tapetum.core.fsm.StopReason;
import io.tapetum.core.session.Peer;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.core.transport.Connector;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.Path;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.capability.Capabilities;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;

/** A host that runs a reflector, and at times none. */
final class ReflectorNode implements Member {

    private static final int LARGE_TABLE = 400;

    /** The numbers of the announcements that a reflector had chosen when a peer's session began. */
    record TableAtStart(long at, Map<Prefix, Integer> numbers) {}

    private final World world;
    private final String name;
    private final InetAddress address;
    private final ReflectorSettings settings;
    private final List<EventLoop> loops = new ArrayList<>();
    private final Map<InetAddress, Member> members = new LinkedHashMap<>();
    private final Map<InetAddress, PeerTemplate> templates = new HashMap<>();
    private final Map<InetAddress, ReflectorEvent.PeerUp> up = new HashMap<>();
    private final Map<InetAddress, KeptRoutes> kept = new HashMap<>();
    private final Map<InetAddress, TableAtStart> tablesAtStart = new HashMap<>();
    private final Map<InetAddress, WireLedger> ledgers = new HashMap<>();
    private final Set<InetAddress> excused = new HashSet<>();
    private final Set<InetAddress> malforming = new HashSet<>();
    private final List<Reflector> retired = new ArrayList<>();
    private @Nullable Reflector reflector;
    private @Nullable Listener listener;

    ReflectorNode(World world, String name, InetAddress address, ReflectorSettings settings, int loops) {
        this.world = world;
        this.name = name;
        this.address = address;
        this.settings = settings;
        for (int i = 0; i < loops; i++) {
            // Some clocks overflow during the run: nothing may compare their values but by subtraction.
            long origin = world.random().nextInt(4) == 0
                    ? Long.MAX_VALUE - world.random().nextLong(60 * VirtualTime.SECOND)
                    : world.random().nextLong();
            this.loops.add(new VirtualLoop(world.time(), world.random().split(), loops > 1 ? 0 : origin,
                    VirtualTime.MILLI));
        }
    }

    /** A peer that comes from a range, or is among the settings' own. */
    void expect(Member member, PeerTemplate template) {
        members.put(member.address(), member);
        templates.put(member.address(), template);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetAddress address() {
        return address;
    }

    @Override
    public int routerId() {
        return settings.routerId();
    }

    ReflectorSettings settings() {
        return settings;
    }

    List<EventLoop> loops() {
        return loops;
    }

    Iterable<Member> members() {
        return members.values();
    }

    boolean hasPeer(Member member) {
        return members.get(member.address()) == member;
    }

    PeerTemplate template(Member member) {
        PeerTemplate template = templates.get(member.address());
        if (template == null) {
            throw new IllegalArgumentException(member.name() + " is no peer of " + name);
        }
        return template;
    }

    @Nullable
    TableAtStart tableAtStart(Member member) {
        return tablesAtStart.get(member.address());
    }

    /** What the session with a member agreed on, if there is one. */
    ReflectorEvent.@Nullable PeerUp up(Member member) {
        return up.get(member.address());
    }

    /** What must be kept of a member that has no session. */
    KeptRoutes keptRoutes(Member member) {
        return kept.computeIfAbsent(member.address(), _ -> new KeptRoutes(world.time()));
    }

    /** Whether the fate of some route is decided just now. */
    boolean isBlurred() {
        return members.values().stream().anyMatch(member -> up(member) == null && keptRoutes(member).isBlurred());
    }

    /** Whether the member, with which there is a session, knows what a long-lived stale route is (RFC 9494 §4.3). */
    boolean knowsStaleRoutes(Member member) {
        ReflectorEvent.PeerUp session = up(member);
        return session != null && capabilities(session).longLivedGracefulRestart().isPresent();
    }

    private static Capabilities capabilities(ReflectorEvent.PeerUp session) {
        return new Capabilities(session.negotiated().peerOpen().capabilities());
    }

    /** What is in the tables of a member's routes. */
    private Map<Prefix, KeptRoutes.Route> routesOf(Member member) {
        Map<Prefix, KeptRoutes.Route> routes = new HashMap<>();
        NextHop address = NextHop.of(member.address());
        for (Family family : Family.values()) {
            AdjRibIn table = reflector().tables().adjRibIn(family);
            List<Prefix> prefixes = new ArrayList<>();
            table.forEachBest((high, low, length, _) -> prefixes.add(new Prefix(family, high, low, length)));
            for (Prefix prefix : prefixes) {
                for (Path path : table.paths(prefix.high(), prefix.low(), prefix.length())) {
                    boolean own = address.ipv6()
                            ? path.source().addressHigh() == address.high()
                                    && path.source().addressLow() == address.low()
                            : (int) path.source().addressLow() == address.ipv4Address();
                    if (own) {
                        routes.put(prefix, new KeptRoutes.Route(
                                world.announcements().recognise(path.attributes(), true), path.source().session()));
                    }
                }
            }
        }
        return routes;
    }

    boolean isRunning() {
        return reflector != null;
    }

    /** The reflector that runs now. */
    Reflector reflector() {
        Reflector present = reflector;
        if (present == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return present;
    }

    /** What the reflector has chosen for a prefix, if it runs and has something. */
    @Nullable
    Announcement chosen(Prefix prefix) {
        Announcements.Said said = said(prefix);
        return said == null ? null : said.announcement();
    }

    /** The same, and whether it is stale. */
    Announcements.@Nullable Said said(Prefix prefix) {
        Reflector present = reflector;
        Path best = present == null
                ? null
                : present.tables().adjRibIn(prefix.family()).best(prefix.high(), prefix.low(), prefix.length());
        return best == null ? null : world.announcements().recognise(best.attributes(), true).said();
    }

    /** All reflectors that have run here and were stopped. */
    List<Reflector> retired() {
        return retired;
    }

    void start() {
        world.network().revive(address);
        Listener hears = new Listener();
        Reflector made = new Reflector(settings, loops, this::connect, world.random().split(), hears::event);
        reflector = made;
        listener = hears;
        ledgers.clear();
        world.network().listen(address, this::accepted);
        made.start();
    }

    /** Stops in order. */
    void drain(StopReason reason) {
        excuseAll();
        Reflector present = reflector();
        reflector = null;
        listener = null;
        retired.add(present);
        up.clear();
        kept.clear();
        present.stop(reason);
    }

    /** The process is killed: its kernel resets the connections. */
    void kill() {
        world.network().reset(address);
        drain(new StopReason.Silent());
    }

    /** The host is gone without a word. */
    void crash() {
        world.network().crash(address);
        drain(new StopReason.Silent());
    }

    /** The session with this member may end, until {@link #excuseNobody}. */
    void excuse(Member member) {
        excused.add(member.address());
    }

    private void excuseAll() {
        excused.addAll(members.keySet());
        for (Member member : members.values()) {
            if (member instanceof ReflectorNode other) {
                other.excuse(this);
            }
        }
    }

    /** UPDATEs of this member may be malformed, until {@link #excuseNobody}. */
    void expectMalformed(Member member) {
        malforming.add(member.address());
    }

    void excuseNobody() {
        excused.clear();
        malforming.clear();
    }

    private void accepted(Socket socket) {
        Reflector present = reflector;
        if (present == null) {
            socket.abort();
            return;
        }
        switch (present.accept(socket.remote())) {
            case Acceptance.Refused _ -> socket.abort();
            case Acceptance.Welcome welcome -> {
                Peer peer = welcome.peer();
                WireLedger ledger = ledger(socket.remote(), peer.isDynamic() ? peer.id() : WireLedger.GIVEN);
                peer.loop().execute(() -> handOver(socket, peer, ledger));
            }
        }
    }

    private void handOver(Socket socket, Peer peer, WireLedger ledger) {
        if (!socket.isAlive()) {
            peer.abandon();
            return;
        }
        FramedConnection connection = new FramedConnection(world, socket, ledger);
        ConnectionHandler handler = peer.incoming(connection);
        if (handler == null) {
            socket.abort();
        } else {
            connection.deliverTo(handler, family -> endOfRib(socket, family));
        }
    }

    private WireLedger ledger(InetAddress peer, int peerId) {
        return ledgers.merge(peer, new WireLedger(peerId),
                (known, fresh) -> known.peerId() == peerId ? known : fresh);
    }

    /** What went over the connections of the peer with this address, as far as the present peer goes. */
    WireLedger ledger(InetAddress peer) {
        return ledgers.getOrDefault(peer, new WireLedger(WireLedger.GIVEN));
    }

    private void endOfRib(Socket socket, Family family) {
        Member member = members.get(socket.remote());
        if (member != null) {
            keptRoutes(member).endOfRib(family);
        }
    }

    private Connector.Attempt connect(PeerSettings peer, EventLoop loop, ConnectionHandler handler) {
        Runnable giveUp = world.network().connect(address, peer.address(), new Network.Dialer() {

            @Override
            public void connected(Socket socket) {
                FramedConnection connection = new FramedConnection(world, socket,
                        ledger(peer.address(), WireLedger.GIVEN));
                handler.connected(connection);
                connection.deliverTo(handler, family -> endOfRib(socket, family));
            }

            @Override
            public void failed(String reason) {
                handler.connectFailed(reason);
            }
        });
        return giveUp::run;
    }

    /** Hears the events of one reflector; those of one that was stopped are no news. */
    private final class Listener {

        void event(ReflectorEvent event) {
            if (listener == this && event instanceof ReflectorEvent.OfPeer ofPeer) {
                Member member = members.get(ofPeer.peer().address());
                if (member == null) {
                    throw world.failure("%s has a peer that is nobody: %s", name, ofPeer);
                }
                ofPeer(ofPeer, member);
            }
        }

        private void ofPeer(ReflectorEvent.OfPeer event, Member member) {
            switch (event) {
                case ReflectorEvent.PeerUp peerUp -> {
                    world.history().note("%s: %s is up", name, member.name());
                    world.moved();
                    if (keptRoutes(member).any()) {
                        world.trouble(); // what is stale may go and come again
                    }
                    keptRoutes(member).sessionBegan(capabilities(peerUp));
                    up.put(member.address(), peerUp);
                    rememberTable(member);
                }
                case ReflectorEvent.PeerDown peerDown -> {
                    world.trouble();
                    world.history().note("%s: %s is down: %s", name, member.name(), peerDown.reason().text());
                    ReflectorEvent.PeerUp ended = up.remove(member.address());
                    if (ended != null) {
                        keptRoutes(member).lost(peerDown.reason(), capabilities(ended),
                                template(member).gracefulRestartSeconds() > 0, ended.negotiated().families(),
                                routesOf(member));
                    }
                    judge(member, peerDown);
                }
                case ReflectorEvent.MalformedUpdate malformed -> {
                    world.history().note("%s: %s sent a malformed UPDATE: %s", name, member.name(), malformed.errors());
                    if (!malforming.contains(member.address())) {
                        throw world.failure("%s found an UPDATE of %s malformed: %s", name, member.name(),
                                malformed.errors());
                    }
                }
                case ReflectorEvent.ConnectionFailed failed ->
                    world.history().note("%s: connection with %s failed: %s", name, member.name(), failed.reason());
                default -> {
                    // Of no interest here.
                }
            }
        }

        private void judge(Member member, ReflectorEvent.PeerDown down) {
            DownReason reason = down.reason();
            boolean blamed = reason instanceof DownReason.NotificationSent && reason.protocolError();
            if (blamed && !malforming.contains(member.address())) {
                throw world.failure("%s ended the session with %s: %s", name, member.name(), reason.text());
            }
            if (!isLateCollision(down) && !excused.contains(member.address())
                    && !malforming.contains(member.address())) {
                throw world.failure("%s lost the session with %s for nothing: %s", name, member.name(), reason.text());
            }
        }

        /**
         * RFC 4271 §6.8 cannot prevent that both sides close a different connection: one is Established here while the
         * KEEPALIVE that tells the peer so is overtaken by our OPEN on the other one.
         */
        private static boolean isLateCollision(ReflectorEvent.PeerDown down) {
            return down.reason() instanceof DownReason.NotificationReceived(Notification notification)
                    && notification.error() == ErrorCode.CEASE_CONNECTION_COLLISION
                    && down.uptime().compareTo(Duration.ofSeconds(1)) < 0;
        }

        private void rememberTable(Member member) {
            Reflector present = reflector;
            Map<Prefix, Integer> numbers = new HashMap<>();
            if (present != null && member instanceof Speaker speaker && !speaker.isExternal()) {
                for (Family family : Family.values()) {
                    if (present.tables().adjRibIn(family).prefixes() < LARGE_TABLE) {
                        present.tables().adjRibIn(family).forEachBest((high, low, length, best) -> {
                            Announcements.Said said = world.announcements().recognise(best.attributes(), true).said();
                            if (!said.stale()) {
                                numbers.put(new Prefix(family, high, low, length), said.announcement().number());
                            }
                        });
                    }
                }
            }
            tablesAtStart.put(member.address(), new TableAtStart(world.time().now(), numbers));
        }
    }
}
