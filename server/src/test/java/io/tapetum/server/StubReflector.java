package io.tapetum.server;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.delay.Delays;
import io.tapetum.core.delay.LatencySnapshot;
import io.tapetum.core.inquiry.Standing;
import io.tapetum.core.reflection.GroupKey;
import io.tapetum.core.reflection.GroupStatus;
import io.tapetum.core.session.DownCause;
import io.tapetum.core.session.FamilyFigures;
import io.tapetum.core.session.HeldPaths;
import io.tapetum.core.session.MessageCounts;
import io.tapetum.core.session.RestartProgress;
import io.tapetum.core.session.RouteCounts;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.session.Traffic;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.rib.DecisionReason;
import io.tapetum.rib.log.LogStatistics;
import io.tapetum.server.inquiry.Explanation;
import io.tapetum.server.inquiry.PrefixHistory;
import io.tapetum.server.inquiry.Route;
import io.tapetum.server.inquiry.RouteAttributes;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.inquiry.RoutePath;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.NotificationCode;
import io.tapetum.server.reflector.ReflectorStatus;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.TableStatus;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.server.source.SourceStatus;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** A reflector without a network, which remembers what was done to it. */
public final class StubReflector implements RunningReflector {

    public static final List<SessionStatus> SESSIONS = List.of(
            new SessionStatus("node-1", PeerOrigin.GLOBAL, InetAddress.ofLiteral("10.0.0.11"), 179, 64512,
                    PeerRole.CLIENT, new Protection("keystore:nodes", 0), "Established", false, Duration.ofMinutes(125),
                    Instant.parse("2020-03-01T10:00:00Z"), "Socket: Connection refused", null,
                    new Agreement(InetAddress.ofLiteral("10.0.0.1"), "10.0.0.11", 90, 30,
                            Set.of(Family.IPV6_UNICAST, Family.IPV4_UNICAST), List.of("refresh", "AS4"),
                            List.of("internal", "route-reflector", "AS4")),
                    Map.of(Family.IPV4_UNICAST, new RouteCounts(1200, 5000, 1300, 20, 50, 30, 0), Family.IPV6_UNICAST,
                            new RouteCounts(34, 70, 34, 0, 0, 0, 0)),
                    new SessionFigures(
                            new Traffic(new MessageCounts(1, 1400, 0, 250, 1),
                                    new MessageCounts(61, 98_000, 0, 4750, 23)),
                            new Traffic(new MessageCounts(1, 5100, 0, 249, 0),
                                    new MessageCounts(65, 357_000, 0, 4731, 0)),
                            3, Map.of(DownCause.CONNECTION_LOST, 2L), Duration.ofSeconds(71), null,
                            Map.of(Family.IPV4_UNICAST, new FamilyFigures(1, 0, Duration.ZERO, true, true),
                                    Family.IPV6_UNICAST,
                                    new FamilyFigures(2, 4096, Duration.ofMillis(1500), true, false)),
                            Map.of())),
            new SessionStatus("spine-1", PeerOrigin.CONFIGURED, InetAddress.ofLiteral("fd00::1"), 1790, 4200000001L,
                    PeerRole.EXTERNAL, new Protection("file:/run/key", 1), "Active", false, Duration.ofSeconds(7),
                    Instant.parse("2020-03-01T12:04:53Z"),
                    "Received: 6/5 Cease/Connection Rejected", new NotificationCode(6, 5), null, Map.of(),
                    new SessionFigures(Traffic.NONE, Traffic.NONE, 1, Map.of(DownCause.NOTIFICATION_RECEIVED, 1L), null,
                            null, Map.of(),
                            Map.of(Family.IPV6_UNICAST, new HeldPaths(true, 12, Duration.ofSeconds(40))))));

    public static final List<SourceStatus> SOURCES = List.of(new SourceStatus("Kubernetes at https://10.0.0.1:6443",
            SourceStatus.State.LOST, Duration.ofSeconds(75), "Connection refused",
            List.of("Node node-3: bgp.ipv4Address is \"10.0.0\", expected an address")));

    public static final ReflectorStatus STATUS = new ReflectorStatus("10.0.0.1", Instant.parse("2020-03-01T09:59:00Z"),
            Instant.parse("2020-03-01T11:00:00Z"),
            new RestartProgress(1, Duration.ofSeconds(230), Duration.ofSeconds(240)));

    public static final List<GroupStatus> GROUPS = List.of(new GroupStatus(1,
            new GroupKey(Family.IPV4_UNICAST, PeerRole.CLIENT, 0x0A000001, true, 0, true, 4096, false, 0, null, false,
                    false, true),
            1, true, new LogStatistics(5000, 7, 1 << 20, 700_000, 9_000_000, 3, 12_345, 17, 0, 1)));

    public static final TableStatus TABLES = new TableStatus(
            Map.of(Family.IPV4_UNICAST, new TableStatus.Size(5000, 6200), Family.IPV6_UNICAST,
                    new TableStatus.Size(70, 70)),
            42);

    private static final LatencySnapshot LATENCY = new LatencySnapshot(List.of(1_000_000L, 10_000_000L, Long.MAX_VALUE),
            List.of(90L, 9L, 1L), 250_000_000L);

    public static final Delays DELAYS = new Delays(LATENCY, LATENCY, LATENCY, LATENCY, LATENCY);

    private static final RouteAttributes ATTRIBUTES = new RouteAttributes("igp", "", "10.0.0.12", 100, null, null,
            List.of(), List.of("no-advertise"), List.of(), List.of(), List.of());

    public static final Explanation EXPLANATION = new Explanation(prefix("10.3.0.0/24"), "node-1",
            InetAddress.ofLiteral("10.0.0.11"), Standing.WITHHELD,
            "node-2 announced it with the community no-advertise, so nobody is told of it.",
            List.of(new Explanation.Step(Explanation.Stage.SESSION, Explanation.Outcome.PASSED,
                    "node-1 is Established and exchanges ipv4."),
                    new Explanation.Step(Explanation.Stage.REFLECTION, Explanation.Outcome.STOPPED,
                            "The best path carries no-advertise.")),
            List.of(new RoutePath("node-2", InetAddress.ofLiteral("10.0.0.12"), PeerRole.CLIENT, 0, true, null,
                    null, ATTRIBUTES),
                    new RoutePath("node-3", InetAddress.ofLiteral("10.0.0.13"), PeerRole.CLIENT, 0, false,
                            DecisionReason.LOCAL_PREF, Duration.ofSeconds(40), ATTRIBUTES)),
            List.of(new Explanation.RefusedPath("spine-1", InetAddress.ofLiteral("fd00::1"),
                    "its CLUSTER_LIST has our cluster id 10.0.0.1", Instant.parse("2020-03-01T11:00:00Z"))));

    public static final PrefixHistory HISTORY = new PrefixHistory(prefix("10.3.0.0/24"),
            Instant.parse("2020-03-01T11:00:00Z"), Instant.parse("2020-03-01T12:00:00Z"),
            List.of(new PrefixHistory.Entry(Instant.parse("2020-03-01T11:01:00Z"), PrefixHistory.What.ANNOUNCED,
                    "node-2", "next hop 10.0.0.12; it is the best path")),
            0);

    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow();
    }

    /** {@code drain: message} and {@code close}, in order. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    /** What it answers, which a test may change at any time. */
    public volatile List<SessionStatus> sessions;
    public volatile ReflectorStatus status = STATUS;
    public volatile Duration silence = Duration.ofMillis(80);

    /** Whether another prefix can be followed. */
    public volatile boolean room = true;

    /** Its table, which comes in pages if all of it is asked for. */
    public volatile List<Route> table = List.of(new Route(EXPLANATION.prefix(), EXPLANATION.paths()));

    /** Done while it drains. */
    public volatile Runnable whileDraining = () -> {
    };

    public StubReflector() {
        this(SESSIONS);
    }

    public StubReflector(List<SessionStatus> sessions) {
        this.sessions = List.copyOf(sessions);
    }

    @Override
    public void drain(String message) {
        calls.add("drain: " + message);
        whileDraining.run();
    }

    @Override
    public void reconcile(DesiredPeers desired) {
        calls.add("reconcile: " + desired.peers().size());
    }

    @Override
    public Stream<SessionStatus> eachSession() {
        return sessions.stream();
    }

    @Override
    public ReflectorStatus status() {
        return status;
    }

    @Override
    public List<GroupStatus> groups() {
        return GROUPS;
    }

    @Override
    public TableStatus tables() {
        return TABLES;
    }

    @Override
    public Delays delays() {
        return DELAYS;
    }

    @Override
    public Duration silence() {
        return silence;
    }

    @Override
    public RoutePage routes(RouteQuery query) throws UnknownPeerException {
        String peer = query.peer();
        if (peer != null) {
            known(peer);
        }
        calls.add("routes: " + query);
        List<Route> found = table.stream().filter(route -> route.prefix().family() == query.family()).toList();
        int from = place(query.after());
        int to = Math.min(found.size(), from + query.limit());
        return new RoutePage(found.subList(from, to), to < found.size() ? "from" + to : null);
    }

    private static int place(@Nullable String after) {
        if (after == null) {
            return 0;
        }
        if (!after.matches("from\\d{1,8}")) {
            throw new IllegalArgumentException("that is no page of mine");
        }
        return Integer.parseInt(after.substring("from".length()));
    }

    @Override
    public Explanation explain(String peer, Prefix prefix) throws UnknownPeerException {
        known(peer);
        calls.add("explain: " + peer + " " + prefix);
        return EXPLANATION;
    }

    @Override
    public Optional<PrefixHistory> history(Prefix prefix) {
        return prefix.equals(HISTORY.prefix()) ? Optional.of(HISTORY) : Optional.empty();
    }

    @Override
    public boolean follow(Prefix prefix) {
        calls.add("follow: " + prefix);
        return room;
    }

    @Override
    public int clear(String peer, Clear what, String message) throws UnknownPeerException {
        known(peer);
        calls.add("clear: " + peer + " " + what + " " + message);
        return 1;
    }

    @Override
    public int shutdown(String peer, String message) throws UnknownPeerException {
        known(peer);
        calls.add("shutdown: " + peer + " " + message);
        return 1;
    }

    @Override
    public int start(String peer) throws UnknownPeerException {
        known(peer);
        calls.add("start: " + peer);
        return 1;
    }

    private void known(String peer) throws UnknownPeerException {
        if (!peer.equals(ALL) && sessions.stream().noneMatch(session -> session.name().equals(peer)
                || session.address().getHostAddress().equals(peer))) {
            throw new UnknownPeerException(peer);
        }
    }

    @Override
    public List<SourceStatus> sources() {
        return SOURCES;
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
