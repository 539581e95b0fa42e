package io.tapetum.server.cli.view;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.netty.util.NetUtil;

import io.tapetum.core.session.FamilyFigures;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.admin.Json;
import io.tapetum.server.reflector.SessionStatus;

/** Sessions for people: a line each, in columns that are as wide as they must be. */
public final class SessionTable {

    private static final List<String> HEAD = List.of("NAME", "ADDRESS", "AS", "ROLE", "STATE", "FOR", "PREFIXES", "LAG",
            "LAST ERROR");

    private static final List<String> WIDE = List.of("NAME", "ADDRESS", "AS", "ROLE", "PROTECTED", "STATE", "SINCE",
            "FAMILIES",
            "PREFIXES", "ORIGIN", "LAST ERROR");

    private SessionTable() {}

    /** What tells whether a session is well. */
    public static void print(List<SessionStatus> sessions, Screen screen) {
        Columns columns = new Columns(HEAD);
        sessions.forEach(session -> columns.addCells(row(session)));
        columns.print(screen);
        screen.line(Words.count(sessions.size(), "session"));
    }

    /** The same and what the session is. */
    public static void printWide(List<SessionStatus> sessions, Screen screen) {
        Columns columns = new Columns(WIDE);
        sessions.forEach(session -> columns.addCells(wideRow(session)));
        columns.print(screen);
        screen.line(Words.count(sessions.size(), "session"));
    }

    private static List<Cell> row(SessionStatus session) {
        return List.of(Cell.of(session.name()), Cell.of(NetUtil.toAddressString(session.address())),
                Cell.of(session.as()), Cell.of(Json.word(session.role())), state(session),
                Cell.of(Words.duration(session.uptime())), Cell.of(session.prefixesReceived()), lag(session),
                error(session));
    }

    private static List<Cell> wideRow(SessionStatus session) {
        return List.of(Cell.of(session.name()), Cell.of(session.address().getHostAddress()), Cell.of(session.as()),
                Cell.of(Json.word(session.role())), Cell.of(shown(session.protection())), state(session),
                Cell.of(Words.duration(session.uptime())), Cell.of(Words.list(session.families())),
                Cell.of(session.prefixesReceived()), Cell.of(session.origin().text()), error(session));
    }

    /** Where the state machine stands, or that it is meant to be down. */
    static Cell state(SessionStatus session) {
        if (session.stopped()) {
            return new Cell("stopped", Ink.FAINT);
        }
        return new Cell(session.state(), session.isUp() ? Ink.GOOD : Ink.BAD);
    }

    private static Cell error(SessionStatus session) {
        String error = session.lastError();
        return new Cell(error == null ? "-" : error, session.isUp() ? Ink.FAINT : Ink.PLAIN);
    }

    /** For how long the peer has not had everything, or a dash. */
    static Cell lag(SessionStatus session) {
        Duration lag = longestLag(session);
        return lag.isZero() ? Cell.of("-") : new Cell(Words.delay(lag), Ink.DOUBTFUL);
    }

    /** Of the family that lags most. */
    static Duration longestLag(SessionStatus session) {
        return session.figures().families().values().stream().map(FamilyFigures::lag).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static String shown(Protection protection) {
        String shown = Stream.of(protection.isSigned() ? "md5" : "", protection.checksTtl() ? "ttl" : "")
                .filter(word -> !word.isEmpty()).collect(Collectors.joining(","));
        return shown.isEmpty() ? "-" : shown;
    }
}
