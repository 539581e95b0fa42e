package io.tapetum.server.metrics;

import java.net.Inet6Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

import io.tapetum.core.session.RouteCounts;
import io.tapetum.server.control.ProtocolColumns;
import io.tapetum.server.control.ProtocolNames;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.wire.Family;

/**
 * Sessions by the names, types and labels that bird_exporter gives BIRD's protocols, for dashboards that know those. What
 * is not counted here is not there: the exporter would say 0 of it. Each family of a session is a protocol, as the
 * channels of BIRD 2 are; of a session that is down nobody knows its families, so it is one of the family of its address.
 */
final class BirdSeries {

    private static final MetricFamily UP = MetricFamily.gauge("bird_protocol_up", "Protocol is up");
    private static final MetricFamily UPTIME = MetricFamily.gauge("bird_protocol_uptime",
            "Uptime of the protocol in seconds");

    private static final List<Count> COUNTS = List.of(
            new Count("prefix_import_count", "Number of imported routes", RouteCounts::imported),
            new Count("prefix_export_count", "Number of exported routes", RouteCounts::exported),
            new Count("changes_update_import_receive_count", "Number of received updates", RouteCounts::announced),
            new Count("changes_update_import_reject_count", "Number of incoming updates being rejected",
                    RouteCounts::refused),
            new Count("changes_update_import_ignore_count", "Number of incoming updates being ignored",
                    RouteCounts::repeated),
            new Count("changes_update_import_accept_count", "Number of incoming updates being accepted",
                    RouteCounts::accepted),
            new Count("changes_withdraw_import_receive_count", "Number of received withdraws", RouteCounts::withdrawn),
            new Count("changes_withdraw_import_ignore_count", "Number of incoming withdraws being ignored",
                    RouteCounts::unknown),
            new Count("changes_withdraw_import_accept_count", "Number of incoming withdraws being accepted",
                    RouteCounts::removed));

    private static final RouteCounts NO_ROUTES = new RouteCounts(0, 0, 0, 0, 0, 0, 0);

    private record Count(MetricFamily metric, ToLongFunction<RouteCounts> of) {

        private Count(String name, String help, ToLongFunction<RouteCounts> of) {
            this(MetricFamily.gauge("bird_protocol_" + name, help), of);
        }
    }

    private record Protocol(SessionStatus session, SeriesLabels labels, RouteCounts routes) {}

    private BirdSeries() {}

    /**
     * Writes all of them.
     *
     * @param all every session, because names are unique only among all
     * @param chosen those of them that have series
     */
    static void write(ExpositionText text, List<SessionStatus> all, List<SessionStatus> chosen, Instant now) {
        List<Protocol> protocols = protocols(all, chosen);
        for (Protocol protocol : protocols) {
            SessionStatus session = protocol.session;
            text.add(UP, protocol.labels, SeriesLabels.of("state", ProtocolColumns.bgpState(session)),
                    session.isUp() ? 1 : 0);
        }
        for (Protocol protocol : protocols) {
            text.add(UPTIME, protocol.labels, Duration.between(protocol.session.since(), now).toSeconds());
        }
        for (Count count : COUNTS) {
            for (Protocol protocol : protocols) {
                text.add(count.metric, protocol.labels, count.of.applyAsLong(protocol.routes));
            }
        }
    }

    private static List<Protocol> protocols(List<SessionStatus> all, List<SessionStatus> chosen) {
        Set<SessionStatus> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        wanted.addAll(chosen);
        List<Protocol> protocols = new ArrayList<>();
        for (Map.Entry<String, SessionStatus> named : ProtocolNames.of(all).entrySet()) {
            SessionStatus session = named.getValue();
            if (!wanted.contains(session)) {
                continue;
            }
            boolean ipv6 = session.address() instanceof Inet6Address;
            Set<Family> families = session.isUp()
                    ? session.families()
                    : Set.of(ipv6 ? Family.IPV6_UNICAST : Family.IPV4_UNICAST);
            for (Family family : Family.values()) {
                if (families.contains(family)) {
                    protocols.add(new Protocol(session, labels(named.getKey(), family),
                            session.routes().getOrDefault(family, NO_ROUTES)));
                }
            }
        }
        return protocols;
    }

    private static SeriesLabels labels(String name, Family family) {
        // No filter is configured anywhere, which BIRD calls ACCEPT.
        return SeriesLabels.of("name", name, "proto", "BGP", "ip_version", switch (family) {
            case IPV4_UNICAST -> "4";
            case IPV6_UNICAST -> "6";
        }, "import_filter", "ACCEPT", "export_filter", "ACCEPT");
    }
}
