package io.tapetum.server.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.tapetum.core.settings.Protection;
import io.tapetum.server.reflector.SessionStatus;

/** Sessions for people: a line each, in columns that are as wide as they must be. */
final class SessionTable {

    private static final List<String> HEAD = List.of("NAME", "ADDRESS", "AS", "ROLE", "PROTECTED", "STATE", "SINCE",
            "FAMILIES",
            "PREFIXES", "ORIGIN", "LAST ERROR");

    private SessionTable() {}

    static void print(List<SessionStatus> sessions, PrintWriter out) {
        Columns columns = new Columns(HEAD);
        sessions.forEach(session -> columns.add(row(session)));
        columns.print(out);
        out.println(sessions.size() + (sessions.size() == 1 ? " session" : " sessions"));
    }

    private static List<String> row(SessionStatus session) {
        String families = session.families().stream().sorted().map(family -> family.name().toLowerCase(Locale.ROOT))
                .map(name -> name.substring(0, name.indexOf('_'))).collect(Collectors.joining(","));
        return List.of(session.name(), session.address().getHostAddress(), Long.toString(session.as()),
                session.role().name().toLowerCase(Locale.ROOT).replace('_', '-'), shown(session.protection()),
                session.state(),
                shown(session.uptime()), families.isEmpty() ? "-" : families,
                Long.toString(session.prefixesReceived()), session.origin().text(),
                session.lastError() == null ? "-" : session.lastError());
    }

    private static String shown(Protection protection) {
        String shown = Stream.of(protection.isSigned() ? "md5" : "", protection.checksTtl() ? "ttl" : "")
                .filter(word -> !word.isEmpty()).collect(Collectors.joining(","));
        return shown.isEmpty() ? "-" : shown;
    }

    /** 3d04h, 2h05m, 7m09s or 12s: two units tell enough. */
    static String shown(Duration duration) {
        if (duration.toDays() > 0) {
            return "%dd%02dh".formatted(duration.toDays(), duration.toHoursPart());
        }
        if (duration.toHours() > 0) {
            return "%dh%02dm".formatted(duration.toHours(), duration.toMinutesPart());
        }
        if (duration.toMinutes() > 0) {
            return "%dm%02ds".formatted(duration.toMinutes(), duration.toSecondsPart());
        }
        return duration.toSeconds() + "s";
    }
}
