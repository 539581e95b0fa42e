package io.tapetum.server.control;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

import io.netty.util.NetUtil;

import io.tapetum.core.session.RouteCounts;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.SessionStatus;

/** The reply to {@code show protocols}. What BIRD counts and we do not is shown as BIRD shows what it does not count. */
final class ProtocolsReply {

    private static final int TABLE_HEAD = 2002;
    private static final int TABLE_ROW = 1002;
    private static final int DETAIL = 1006;
    private static final int OK = 0;
    private static final int NO_MATCH = 8003;

    private static final String NOT_COUNTED = "---";

    private final boolean all;
    private final Instant now;
    private final ZoneId zone;
    private final Reply reply = new Reply();

    private ProtocolsReply(boolean all, Instant now, ZoneId zone) {
        this.all = all;
        this.now = now;
        this.zone = zone;
    }

    /**
     * The whole reply.
     *
     * @param sessions by name
     * @param selection which of them are shown
     * @param all whether everything is said of them
     */
    static String of(Map<String, SessionStatus> sessions, Selection selection, boolean all, Instant now, ZoneId zone) {
        Map<String, SessionStatus> selected = new LinkedHashMap<>(sessions);
        selected.keySet().removeIf(name -> !selection.includes(name));
        // BIRD always has some protocol, and its clients take no table at all for an error.
        if (selected.isEmpty() && !(selection instanceof Selection.Everything)) {
            return Reply.of(NO_MATCH, "No protocols match");
        }
        ProtocolsReply reply = new ProtocolsReply(all, now, zone);
        reply.row(TABLE_HEAD, "name", "proto", "table", "state", "since", "info");
        selected.forEach(reply::protocol);
        return reply.reply.end(OK, "");
    }

    private void protocol(String name, SessionStatus session) {
        String info = session.stopped()
                ? ""
                : format("%-14s%s", ProtocolColumns.bgpState(session), ProtocolColumns.error(session));
        row(TABLE_ROW, name, "BGP", "master", ProtocolColumns.state(session),
                ProtocolColumns.since(session, now, zone), info);
        if (all) {
            detail("  Description:    " + session.name());
            detail("  Input filter:   ACCEPT");
            detail("  Output filter:  ACCEPT");
            if (!session.stopped()) {
                routes(session.routes().values());
            }
            bgp(session);
            detail("");
        }
    }

    private void routes(Iterable<RouteCounts> families) {
        detail("  Routes:         " + sum(families, RouteCounts::imported) + " imported, "
                + sum(families, RouteCounts::exported) + " exported");
        detail("  Route change stats:     received   rejected   filtered    ignored   accepted");
        changes("Import updates:", sum(families, RouteCounts::announced), sum(families, RouteCounts::refused),
                NOT_COUNTED, sum(families, RouteCounts::repeated), sum(families, RouteCounts::accepted));
        changes("Import withdraws:", sum(families, RouteCounts::withdrawn), NOT_COUNTED, NOT_COUNTED,
                sum(families, RouteCounts::unknown), sum(families, RouteCounts::removed));
        changes("Export updates:", NOT_COUNTED, NOT_COUNTED, NOT_COUNTED, NOT_COUNTED, NOT_COUNTED);
        changes("Export withdraws:", NOT_COUNTED, NOT_COUNTED, NOT_COUNTED, NOT_COUNTED, NOT_COUNTED);
    }

    private static String sum(Iterable<RouteCounts> families, ToLongFunction<RouteCounts> count) {
        long sum = 0;
        for (RouteCounts family : families) {
            sum += count.applyAsLong(family);
        }
        return Long.toString(sum);
    }

    private void changes(String title, String received, String rejected, String filtered, String ignored,
            String accepted) {
        detail(format("    %-19s %10s %10s %10s %10s %10s", title, received, rejected, filtered, ignored, accepted));
    }

    private void bgp(SessionStatus session) {
        detail("  BGP state:          " + ProtocolColumns.bgpState(session));
        detail("    Neighbor address: " + NetUtil.toAddressString(session.address()));
        detail("    Neighbor AS:      " + session.as());
        Agreement agreement = session.agreement();
        if (agreement != null) {
            detail("    Neighbor ID:      " + agreement.peerIdentifier());
            detail("    Neighbor caps:    " + String.join(" ", agreement.peerCapabilities()));
            detail("    Session:          " + String.join(" ", agreement.traits()));
            detail("    Source address:   " + NetUtil.toAddressString(agreement.localAddress()));
            detail("    Hold timer:       " + NOT_COUNTED + "/" + agreement.holdTimeSeconds());
            detail("    Keepalive timer:  " + NOT_COUNTED + "/" + agreement.keepaliveSeconds());
        }
        String error = ProtocolColumns.error(session);
        if (!error.isEmpty()) {
            detail("    Last error:       " + error);
        }
    }

    private void row(int code, String name, String proto, String table, String state, String since, String info) {
        reply.line(code, format("%-8s %-8s %-8s %-5s  %-10s  %s", name, proto, table, state, since, info));
    }

    private void detail(String line) {
        reply.line(DETAIL, line);
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
