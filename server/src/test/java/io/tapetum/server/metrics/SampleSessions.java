package io.tapetum.server.metrics;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.session.DownCause;
import io.tapetum.core.session.FamilyFigures;
import io.tapetum.core.session.HeldPaths;
import io.tapetum.core.session.MessageCounts;
import io.tapetum.core.session.RouteCounts;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.session.Traffic;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.NotificationCode;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.wire.Family;

/** Sessions as many as are wanted, with something to say in every series. */
final class SampleSessions {

    static final Instant SINCE = Instant.parse("2020-03-01T10:00:00Z");

    private static final Traffic TRAFFIC = new Traffic(new MessageCounts(1, 1400, 2, 250, 1),
            new MessageCounts(61, 98_000, 42, 4750, 23));

    private SampleSessions() {}

    /** Established sessions called {@code node-0} and so on, each with both families, and none behind. */
    static List<SessionStatus> up(int count) {
        return IntStream.range(0, count).mapToObj(i -> up("node-" + i, address(i), Duration.ZERO)).toList();
    }

    /** The same of one of them, which has not had everything for a while. */
    static SessionStatus up(String name, String address, Duration lag) {
        FamilyFigures figures = new FamilyFigures(1, lag.toMillis(), lag, true, true);
        RouteCounts routes = new RouteCounts(120, 5000, 1300, 20, 50, 30, 5);
        return session(name, address, "Established",
                new Agreement(InetAddress.ofLiteral("10.0.0.1"), "10.0.0.11", 90, 30, Set.of(Family.values()),
                        List.of("refresh"), List.of("internal")),
                Map.of(Family.IPV4_UNICAST, routes, Family.IPV6_UNICAST, routes),
                new SessionFigures(TRAFFIC, TRAFFIC, 2, Map.of(DownCause.HOLD_TIMER, 1L), Duration.ofMillis(71_250),
                        Duration.ofSeconds(400), Map.of(Family.IPV4_UNICAST, figures, Family.IPV6_UNICAST, figures),
                        Map.of(Family.IPV4_UNICAST, new HeldPaths(false, 3, Duration.ofSeconds(40)))));
    }

    /** A session that is tried. */
    static SessionStatus down(String name, String address) {
        return session(name, address, "Connect", null, Map.of(), SessionFigures.NONE);
    }

    /** The address of a session of {@link #up(int)}. */
    static String address(int number) {
        return "10.0." + number / 250 + "." + (number % 250 + 1);
    }

    private static SessionStatus session(String name, String address, String state,
            @Nullable Agreement agreement, Map<Family, RouteCounts> routes,
            SessionFigures figures) {
        return new SessionStatus(name, PeerOrigin.CONFIGURED, InetAddress.ofLiteral(address), 179, 64512,
                PeerRole.CLIENT, new Protection("none", 0), state, false, Duration.ofSeconds(100), SINCE, null,
                new NotificationCode(4, 0), agreement, routes, figures);
    }
}
