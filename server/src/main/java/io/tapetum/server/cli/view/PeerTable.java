package io.tapetum.server.cli.view;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import io.netty.util.NetUtil;

import io.tapetum.server.control.ProtocolColumns;
import io.tapetum.server.reflector.SessionStatus;

/** The sessions of one IP version as {@code calicoctl node status} shows those of a node. */
public final class PeerTable {

    private static final int BGP_PORT = 179;

    private static final List<String> HEAD = List.of("PEER ADDRESS", "PEER TYPE", "STATE", "SINCE", "INFO");

    private final Screen screen;

    public PeerTable(Screen screen) {
        this.screen = screen;
    }

    /** A title and a table, or a sentence if there is nobody. */
    public void print(List<SessionStatus> sessions, boolean ipv6) {
        String version = ipv6 ? "IPv6" : "IPv4";
        List<SessionStatus> shown = sessions.stream()
                .filter(session -> session.address() instanceof Inet6Address == ipv6)
                .sorted(Comparator.comparing(session -> session.address().getAddress(), Arrays::compareUnsigned))
                .toList();
        screen.line(version + " BGP status");
        if (shown.isEmpty()) {
            screen.line("No " + version + " peers found.");
            return;
        }
        List<List<String>> rows = shown.stream().map(this::row).toList();
        List<Integer> widths = widths(rows);
        String border = widths.stream().map(width -> "-".repeat(width + 2)).collect(Collectors.joining("+", "+", "+"));
        screen.line(border);
        screen.line(line(HEAD, widths, true));
        screen.line(border);
        rows.forEach(row -> screen.line(line(row, widths, false)));
        screen.line(border);
    }

    private List<String> row(SessionStatus session) {
        String address = NetUtil.toAddressString(session.address());
        String separator = address.indexOf(':') < 0 ? "." : ":";
        // Scripts take the address for one word, and calicoctl makes one of it and a port.
        String port = session.port() == BGP_PORT ? "" : separator + "port" + separator + session.port();
        String info = (ProtocolColumns.bgpState(session) + " " + ProtocolColumns.error(session)).strip();
        return List.of(address + port, session.origin().text(), ProtocolColumns.state(session),
                ProtocolColumns.since(session, screen.now(), screen.zone()), info);
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEAD.size(); column++) {
            int width = HEAD.get(column).length();
            for (List<String> row : rows) {
                width = Math.max(width, row.get(column).length());
            }
            widths.add(width);
        }
        return widths;
    }

    private static String line(List<String> cells, List<Integer> widths, boolean centered) {
        StringBuilder line = new StringBuilder("|");
        for (int column = 0; column < cells.size(); column++) {
            int gap = widths.get(column) - cells.get(column).length();
            int left = centered ? gap / 2 : 0;
            line.repeat(' ', 1 + left).append(cells.get(column)).repeat(' ', gap - left + 1).append('|');
        }
        return line.toString();
    }
}
