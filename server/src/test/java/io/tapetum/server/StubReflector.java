package io.tapetum.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.wire.Family;

/** A reflector without a network, which remembers what was done to it. */
public final class StubReflector implements RunningReflector {

    public static final List<SessionStatus> SESSIONS = List.of(
            new SessionStatus("node-1", InetAddress.ofLiteral("10.0.0.11"), 64512, PeerRole.CLIENT, "Established",
                    Duration.ofMinutes(125), Set.of(Family.IPV6_UNICAST, Family.IPV4_UNICAST), 1234),
            new SessionStatus("spine-1", InetAddress.ofLiteral("fd00::1"), 4200000001L, PeerRole.EXTERNAL, "Active",
                    Duration.ofSeconds(7), Set.of(), 0));

    /** {@code drain: message} and {@code close}, in order. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    @Override
    public void drain(String message) {
        calls.add("drain: " + message);
    }

    @Override
    public List<SessionStatus> sessions() {
        return SESSIONS;
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
