package io.tapetum.server.control;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tapetum.core.session.RouteCounts;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.wire.Family;

/** Sessions for tests. */
final class SampleSession {

    private static final Instant SINCE = Instant.parse("2020-03-01T10:00:00Z");

    private SampleSession() {}

    /** One that is up, with a node that everybody peers with. */
    static SessionStatus ipv4(String address) {
        return new SessionStatus("node", PeerOrigin.GLOBAL, InetAddress.ofLiteral(address), 179, 64512,
                PeerRole.CLIENT, Protection.NONE, "Established", false, Duration.ZERO, SINCE, null, null,
                new Agreement(InetAddress.ofLiteral("10.0.0.1"), address, 90, 30, Set.of(Family.IPV4_UNICAST),
                        List.of(), List.of("internal")),
                Map.of(Family.IPV4_UNICAST, new RouteCounts(12, 34, 5, 1, 2, 7, 3)), SessionFigures.NONE);
    }

    /** One that is not, for this reason. */
    static SessionStatus down(String address, String error) {
        return of("node", PeerOrigin.GLOBAL, address, 179, "Active", false, error);
    }

    /** One that an operator does not want. */
    static SessionStatus stopped(String address) {
        return of("node", PeerOrigin.GLOBAL, address, 179, "Idle", true, "Error: shut down by an operator");
    }

    /** One of this origin. */
    static SessionStatus of(String name, PeerOrigin origin, String address, int port) {
        return of(name, origin, address, port, "Active", false, "");
    }

    private static SessionStatus of(String name, PeerOrigin origin, String address, int port, String state,
            boolean stopped, String error) {
        return new SessionStatus(name, origin, InetAddress.ofLiteral(address), port, 64512, PeerRole.CLIENT,
                Protection.NONE, state,
                stopped, Duration.ZERO, SINCE, error.isEmpty() ? null : error, null, null, Map.of(),
                SessionFigures.NONE);
    }
}
