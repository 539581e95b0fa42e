package io.tapetum.server.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.session.DownCause;
import io.tapetum.core.session.MessageCounts;
import io.tapetum.core.session.RouteCounts;
import io.tapetum.server.reflector.NotificationCode;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.wire.Family;

/** The series of single sessions, in one scrape. */
final class SessionSeries {

    private static final MetricFamily UP = MetricFamily.gauge("tapetum_session_up",
            "Whether the session is Established (1) or not (0)");
    private static final MetricFamily STOPPED = MetricFamily.gauge("tapetum_session_stopped",
            "Whether the session is down because an operator or the configuration wants that (1) or not (0)");
    private static final MetricFamily STATE = MetricFamily.gauge("tapetum_session_state",
            "State of the session: 1 Idle, 2 Connect, 3 Active, 4 OpenSent, 5 OpenConfirm, 6 Established (RFC 4273)");
    private static final MetricFamily UPTIME = MetricFamily.gauge("tapetum_session_uptime_seconds",
            "Time since the session came up; 0 while it is down");
    private static final MetricFamily ESTABLISHED = MetricFamily.counter("tapetum_session_established_total",
            "How often a session of the peer has come up");
    private static final MetricFamily DOWN = MetricFamily.counter("tapetum_session_down_total",
            "How often a session of the peer that was up has ended, by cause; only causes that happened");
    private static final MetricFamily RECEIVED_PREFIXES = MetricFamily.gauge("tapetum_session_prefixes_received",
            "Paths of the peer that are in the table");
    private static final MetricFamily ADVERTISED_PREFIXES = MetricFamily.gauge("tapetum_session_prefixes_advertised",
            "Prefixes that the update group of the peer announces");
    private static final MetricFamily ROUTES = MetricFamily.counter("tapetum_session_routes_total",
            "Prefixes the peer has announced since the session came up, of these refused and repeated ones; and"
                    + " withdrawn, of these unknown ones");
    private static final MetricFamily MESSAGES_RECEIVED = MetricFamily
            .counter("tapetum_session_messages_received_total",
                    "Messages received from the peer; only types that there were");
    private static final MetricFamily MESSAGES_SENT = MetricFamily.counter("tapetum_session_messages_sent_total",
            "Messages sent to the peer; only types that there were");
    private static final MetricFamily BYTES_RECEIVED = MetricFamily.counter("tapetum_session_received_bytes_total",
            "Octets of the messages received from the peer; only types that there were");
    private static final MetricFamily BYTES_SENT = MetricFamily.counter("tapetum_session_sent_bytes_total",
            "Octets of the messages sent to the peer; only types that there were");
    private static final MetricFamily LAST_ERROR = MetricFamily.gauge("tapetum_session_last_error",
            "1 for the NOTIFICATION that ended the last session or attempt; absent if none did");
    private static final MetricFamily HOLD_MARGIN = MetricFamily.gauge("tapetum_session_hold_margin_seconds",
            "Time until the hold timer ends the session; absent if it does not run");
    private static final MetricFamily SEND_HOLD_MARGIN = MetricFamily.gauge("tapetum_session_send_hold_margin_seconds",
            "Time until the send hold timer (RFC 9687) ends the session; absent if no output waits");
    private static final MetricFamily STALE = MetricFamily.gauge("tapetum_session_stale_paths",
            "Paths that are kept of a lost session, in the restart time (RFC 4724) or after it (RFC 9494)");
    private static final MetricFamily LAG_BYTES = MetricFamily.gauge("tapetum_session_lag_bytes",
            "About how many octets of its group's log the session has not been handed yet");
    private static final MetricFamily LAG = MetricFamily.gauge("tapetum_session_lag_seconds",
            "For how long the session has not had everything; 0 if it has");
    private static final MetricFamily END_OF_RIB = MetricFamily.gauge("tapetum_session_end_of_rib_sent",
            "Whether the peer has been sent all there was (1) or not yet (0)");

    private static final Family[] FAMILIES = Family.values();

    private static final EnumLabels<DownCause> CAUSE = new EnumLabels<>("cause", DownCause.class);

    private static final List<Part<EnumLabels<Family>, RouteCounts>> KINDS_OF_ROUTES = List.of(
            routes("announced", RouteCounts::announced), routes("refused", RouteCounts::refused),
            routes("repeated", RouteCounts::repeated), routes("withdrawn", RouteCounts::withdrawn),
            routes("unknown", RouteCounts::unknown));

    private static final List<Part<SeriesLabels, MessageCounts>> TYPES = List.of(
            messages("open", MessageCounts::open), messages("update", MessageCounts::update),
            messages("notification", MessageCounts::notification), messages("keepalive", MessageCounts::keepalive),
            messages("route-refresh", MessageCounts::routeRefresh));

    /** One of several numbers, and the labels by which it is told from the others. */
    private record Part<L, T>(L labels, ToLongFunction<T> number) {}

    private record Row(SessionStatus session, SeriesLabels labels) {}

    private final ExpositionText text;
    private final List<Row> rows;

    private SessionSeries(ExpositionText text, List<SessionStatus> sessions) {
        this.text = text;
        this.rows = sessions.stream().map(session -> new Row(session, SeriesLabels.of("peer", session.name(), "address",
                NetUtil.toAddressString(session.address())))).toList();
    }

    private static Part<EnumLabels<Family>, RouteCounts> routes(String what, ToLongFunction<RouteCounts> number) {
        return new Part<>(new EnumLabels<>("family", Family.class, "what", what), number);
    }

    private static Part<SeriesLabels, MessageCounts> messages(String type, ToLongFunction<MessageCounts> number) {
        return new Part<>(SeriesLabels.of("type", type), number);
    }

    /** Writes all of them. */
    static void write(ExpositionText text, List<SessionStatus> sessions) {
        SessionSeries series = new SessionSeries(text, sessions);
        series.states();
        series.ends();
        series.routes();
        series.messages(MESSAGES_RECEIVED, session -> session.figures().received().messages());
        series.messages(MESSAGES_SENT, session -> session.figures().sent().messages());
        series.messages(BYTES_RECEIVED, session -> session.figures().received().octets());
        series.messages(BYTES_SENT, session -> session.figures().sent().octets());
        series.time(HOLD_MARGIN, session -> session.figures().holdLeft());
        series.time(SEND_HOLD_MARGIN, session -> session.figures().sendHoldLeft());
        series.progress();
    }

    private void states() {
        number(UP, session -> session.isUp() ? 1 : 0);
        number(STOPPED, session -> session.stopped() ? 1 : 0);
        number(STATE, session -> SessionTotals.STATES.indexOf(session.state()) + 1L);
        time(UPTIME, session -> session.isUp() ? session.uptime() : Duration.ZERO);
        number(ESTABLISHED, session -> session.figures().ups());
    }

    private void ends() {
        for (Row row : rows) {
            for (DownCause cause : DownCause.values()) {
                Long downs = row.session.figures().downs().get(cause);
                if (downs != null) {
                    text.add(DOWN, row.labels, CAUSE.of(cause), downs);
                }
            }
        }
        for (Row row : rows) {
            NotificationCode error = row.session.lastErrorCode();
            if (error != null) {
                text.add(LAST_ERROR, row.labels, SeriesLabels.of("code", Integer.toString(error.code()), "subcode",
                        Integer.toString(error.subcode())), 1);
            }
        }
    }

    private void routes() {
        ofEachFamily(SessionStatus::routes, (labels, family, routes) -> text.add(RECEIVED_PREFIXES, labels,
                EnumLabels.FAMILY.of(family), routes.imported()));
        ofEachFamily(SessionStatus::routes, (labels, family, routes) -> text.add(ADVERTISED_PREFIXES, labels,
                EnumLabels.FAMILY.of(family), routes.exported()));
        ofEachFamily(SessionStatus::routes, (labels, family, routes) -> {
            for (Part<EnumLabels<Family>, RouteCounts> kind : KINDS_OF_ROUTES) {
                text.add(ROUTES, labels, kind.labels.of(family), kind.number.applyAsLong(routes));
            }
        });
    }

    private void messages(MetricFamily metric, Function<SessionStatus, MessageCounts> counts) {
        for (Row row : rows) {
            MessageCounts all = counts.apply(row.session);
            for (Part<SeriesLabels, MessageCounts> type : TYPES) {
                long count = type.number.applyAsLong(all);
                // Most peers never send most types, and a series costs as much as one that says something.
                if (count > 0) {
                    text.add(metric, row.labels, type.labels, count);
                }
            }
        }
    }

    private void progress() {
        ofEachFamily(session -> session.figures().held(), (labels, family, held) -> text.add(STALE, labels,
                EnumLabels.stale(family, held.longLived()), held.paths()));
        ofEachFamily(session -> session.figures().families(), (labels, family, figures) -> text.add(LAG_BYTES, labels,
                EnumLabels.FAMILY.of(family), figures.lagOctets()));
        ofEachFamily(session -> session.figures().families(), (labels, family, figures) -> text.add(LAG, labels,
                EnumLabels.FAMILY.of(family), figures.lag()));
        ofEachFamily(session -> session.figures().families(), (labels, family, figures) -> text.add(END_OF_RIB, labels,
                EnumLabels.FAMILY.of(family), figures.endOfRibSent() ? 1 : 0));
    }

    private void number(MetricFamily metric, ToLongFunction<SessionStatus> number) {
        for (Row row : rows) {
            text.add(metric, row.labels, number.applyAsLong(row.session));
        }
    }

    private void time(MetricFamily metric, Function<SessionStatus, @Nullable Duration> time) {
        for (Row row : rows) {
            Duration value = time.apply(row.session);
            if (value != null) {
                text.add(metric, row.labels, value);
            }
        }
    }

    /** What is said of a session and a family. */
    private interface Line<T> {

        void add(SeriesLabels labels, Family family, T of);
    }

    private <T> void ofEachFamily(Function<SessionStatus, Map<Family, T>> families, Line<T> line) {
        for (Row row : rows) {
            Map<Family, T> known = families.apply(row.session);
            for (Family family : FAMILIES) {
                T of = known.get(family);
                if (of != null) {
                    line.add(row.labels, family, of);
                }
            }
        }
    }
}
