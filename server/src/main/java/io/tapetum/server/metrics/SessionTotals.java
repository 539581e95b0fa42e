package io.tapetum.server.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.tapetum.core.session.FamilyFigures;
import io.tapetum.core.session.HeldPaths;
import io.tapetum.core.session.RouteCounts;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.wire.Family;

/** What is said of all sessions together, so that alerts do not need the series of each, in one scrape. */
final class SessionTotals {

    /**
     * RFC 4271 §8.2.2, in the order in which RFC 4273 numbers them from 1. All are always there, so that none seems to be
     * missing when it is only empty.
     */
    static final List<String> STATES = List.of("Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Established");

    /** Whoever has not had everything for so long is behind, and not only between two rounds. */
    private static final Duration BEHIND = Duration.ofSeconds(1);

    private static final MetricFamily SESSIONS = MetricFamily.gauge("tapetum_sessions",
            "Sessions by state (RFC 4271)");
    private static final MetricFamily STOPPED = MetricFamily.gauge("tapetum_sessions_stopped",
            "Sessions that are down because an operator or the configuration wants that");
    private static final MetricFamily PREFIXES = MetricFamily.gauge("tapetum_sessions_prefixes_received",
            "Paths of all peers that are in the table");
    private static final MetricFamily STALE = MetricFamily.gauge("tapetum_sessions_stale_paths",
            "Paths that are kept of lost sessions, in the restart time (RFC 4724) or after it (RFC 9494)");
    private static final MetricFamily LAGGING = MetricFamily.gauge("tapetum_sessions_lagging",
            "Sessions that are up and have not had everything for a second or longer");
    private static final MetricFamily LAG = MetricFamily.gauge("tapetum_sessions_lag_max_seconds",
            "The longest that a session has not had everything");
    private static final MetricFamily LAG_BYTES = MetricFamily.gauge("tapetum_sessions_lag_max_bytes",
            "The most of its group's log that a session has not been handed yet");
    private static final MetricFamily LEFT_OUT = MetricFamily.gauge("tapetum_session_series_left_out",
            "Sessions without series of their own, because of tapetum.admin.metrics.sessions");

    /** The paths of a family that are kept. */
    private record Stale(long restart, long longLived) {

        private static final Stale NONE = new Stale(0, 0);

        private Stale and(HeldPaths more) {
            return more.longLived()
                    ? new Stale(restart, longLived + more.paths())
                    : new Stale(restart + more.paths(), longLived);
        }
    }

    private final Map<Family, Long> prefixes = new EnumMap<>(Family.class);
    private final Map<Family, Stale> stale = new EnumMap<>(Family.class);
    private long stopped;
    private long lagging;
    private Duration longestLag = Duration.ZERO;
    private long largestLag;

    private SessionTotals(List<SessionStatus> sessions) {
        sessions.forEach(this::count);
    }

    /** @param leftOut how many of these sessions have no series of their own */
    static void write(ExpositionText text, List<SessionStatus> sessions, int leftOut) {
        Map<String, Long> states = sessions.stream()
                .collect(Collectors.groupingBy(SessionStatus::state, Collectors.counting()));
        for (String state : STATES) {
            text.add(SESSIONS, SeriesLabels.of("state", state), states.getOrDefault(state, 0L));
        }
        new SessionTotals(sessions).write(text);
        text.add(LEFT_OUT, SeriesLabels.NONE, leftOut);
    }

    /** Whether the session is up and has not had everything for a while. */
    static boolean isBehind(SessionStatus session) {
        for (FamilyFigures family : session.figures().families().values()) {
            if (family.lag().compareTo(BEHIND) >= 0) {
                return true;
            }
        }
        return false;
    }

    private void count(SessionStatus session) {
        stopped += session.stopped() ? 1 : 0;
        lagging += isBehind(session) ? 1 : 0;
        for (Map.Entry<Family, RouteCounts> routes : session.routes().entrySet()) {
            prefixes.merge(routes.getKey(), (long) routes.getValue().imported(), Long::sum);
        }
        for (Map.Entry<Family, HeldPaths> held : session.figures().held().entrySet()) {
            stale.put(held.getKey(), stale.getOrDefault(held.getKey(), Stale.NONE).and(held.getValue()));
        }
        for (FamilyFigures family : session.figures().families().values()) {
            longestLag = family.lag().compareTo(longestLag) > 0 ? family.lag() : longestLag;
            largestLag = Math.max(largestLag, family.lagOctets());
        }
    }

    private void write(ExpositionText text) {
        text.add(STOPPED, SeriesLabels.NONE, stopped);
        for (Family family : Family.values()) {
            text.add(PREFIXES, EnumLabels.FAMILY.of(family), prefixes.getOrDefault(family, 0L));
        }
        for (Family family : Family.values()) {
            Stale kept = stale.getOrDefault(family, Stale.NONE);
            text.add(STALE, EnumLabels.stale(family, false), kept.restart);
            text.add(STALE, EnumLabels.stale(family, true), kept.longLived);
        }
        text.add(LAGGING, SeriesLabels.NONE, lagging);
        text.add(LAG, SeriesLabels.NONE, longestLag);
        text.add(LAG_BYTES, SeriesLabels.NONE, largestLag);
    }
}
