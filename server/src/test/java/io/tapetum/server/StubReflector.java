package io.tapetum.server;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tapetum.core.session.RestartProgress;
import io.tapetum.core.session.RouteCounts;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.ReflectorStatus;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.server.source.SourceStatus;
import io.tapetum.wire.Family;

/** A reflector without a network, which remembers what was done to it. */
public final class StubReflector implements RunningReflector {

    public static final List<SessionStatus> SESSIONS = List.of(
            new SessionStatus("node-1", PeerOrigin.GLOBAL, InetAddress.ofLiteral("10.0.0.11"), 179, 64512,
                    PeerRole.CLIENT, new Protection("keystore:nodes", 0), "Established", false, Duration.ofMinutes(125),
                    Instant.parse("2020-03-01T10:00:00Z"), "Socket: Connection refused",
                    new Agreement(InetAddress.ofLiteral("10.0.0.1"), "10.0.0.11", 90, 30,
                            Set.of(Family.IPV6_UNICAST, Family.IPV4_UNICAST), List.of("refresh", "AS4"),
                            List.of("internal", "route-reflector", "AS4")),
                    Map.of(Family.IPV4_UNICAST, new RouteCounts(1200, 5000, 1300, 20, 50, 30, 0), Family.IPV6_UNICAST,
                            new RouteCounts(34, 70, 34, 0, 0, 0, 0))),
            new SessionStatus("spine-1", PeerOrigin.CONFIGURED, InetAddress.ofLiteral("fd00::1"), 1790, 4200000001L,
                    PeerRole.EXTERNAL, new Protection("file:/run/key", 1), "Active", false, Duration.ofSeconds(7),
                    Instant.parse("2020-03-01T12:04:53Z"),
                    "Received: 6/5 Cease/Connection Rejected", null, Map.of()));

    public static final List<SourceStatus> SOURCES = List.of(new SourceStatus("Kubernetes at https://10.0.0.1:6443",
            SourceStatus.State.LOST, Duration.ofSeconds(75), "Connection refused",
            List.of("Node node-3: bgp.ipv4Address is \"10.0.0\", expected an address")));

    public static final ReflectorStatus STATUS = new ReflectorStatus("10.0.0.1", Instant.parse("2020-03-01T09:59:00Z"),
            Instant.parse("2020-03-01T11:00:00Z"),
            new RestartProgress(1, Duration.ofSeconds(230), Duration.ofSeconds(240)));

    /** {@code drain: message} and {@code close}, in order. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    private final List<SessionStatus> sessions;

    public StubReflector() {
        this(SESSIONS);
    }

    public StubReflector(List<SessionStatus> sessions) {
        this.sessions = List.copyOf(sessions);
    }

    @Override
    public void drain(String message) {
        calls.add("drain: " + message);
    }

    @Override
    public void reconcile(DesiredPeers desired) {
        calls.add("reconcile: " + desired.peers().size());
    }

    @Override
    public List<SessionStatus> sessions() {
        return sessions;
    }

    @Override
    public ReflectorStatus status() {
        return STATUS;
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
