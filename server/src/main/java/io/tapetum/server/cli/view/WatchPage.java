package io.tapetum.server.cli.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.util.NetUtil;

import io.tapetum.server.journal.JournalEntry;
import io.tapetum.server.reflector.SessionStatus;

/** The reflector on one screen, again and again: what needs somebody comes first, and what has changed stands out. */
public final class WatchPage {

    private static final List<String> HEAD = List.of("PEER", "ADDRESS", "STATE", "FOR", "PREFIXES", "LAG",
            "LAST ERROR");
    private static final List<String> EVENTS = List.of("TIME", "PEER", "EVENT");

    /** Lines of events, if there is room. */
    private static final int MOST_EVENTS = 5;

    /** Lines that are neither a session nor an event: three of figures, three blank or headings, and one for what is left out. */
    private static final int FRAME = 8;

    /** Down and not meant to be, then those that lag, then those that are well, then those that are meant to be down. */
    private static final Comparator<SessionStatus> TROUBLE = Comparator.comparingInt(WatchPage::rank)
            .thenComparing(SessionTable::longestLag, Comparator.reverseOrder())
            .thenComparing(SessionStatus::name).thenComparing(session -> session.address().getHostAddress());

    /** The cells of each session at the last look. */
    private Map<String, List<Cell>> before = Map.of();

    private static int rank(SessionStatus session) {
        return session.stopped() ? 2 : session.isUp() ? 1 : 0;
    }

    /** Prints no more than so many lines. */
    public void print(Glance glance, int lines, Screen screen) {
        screen.line(new Cell("Tapetum " + glance.reflector(), Ink.HEAD), Cell.of(": "),
                glance.ready() ? new Cell("ready", Ink.GOOD) : new Cell("not ready", Ink.BAD),
                Cell.of(", " + screen.time(screen.now())));
        screen.line(sessions(glance.sessions()));
        screen.line(TableLines.sum(glance.tables().families().values()) + "; 99% of changes reach the last session in "
                + DelayTable.convergence(glance.delays()));
        screen.line();
        int events = Math.min(MOST_EVENTS, glance.events().size());
        sessions(glance.sessions(), Math.max(1, lines - FRAME - events), screen);
        screen.line();
        Columns columns = new Columns(EVENTS);
        glance.events().subList(0, events).reversed().forEach(entry -> columns.addCells(event(entry, screen)));
        columns.print(screen);
    }

    private static String sessions(List<SessionStatus> sessions) {
        long up = sessions.stream().filter(SessionStatus::isUp).count();
        long stopped = sessions.stream().filter(SessionStatus::stopped).count();
        long lagging = sessions.stream().filter(session -> !SessionTable.longestLag(session).isZero()).count();
        return Words.count(sessions.size(), "session") + ": " + up + " up, " + (sessions.size() - up - stopped)
                + " down, " + stopped + " stopped, " + lagging + " lagging";
    }

    private void sessions(List<SessionStatus> sessions, int room, Screen screen) {
        Columns columns = new Columns(HEAD);
        Map<String, List<Cell>> now = new HashMap<>();
        List<SessionStatus> sorted = sessions.stream().sorted(TROUBLE).toList();
        for (SessionStatus session : sorted) {
            String key = session.name() + ' ' + session.address().getHostAddress();
            List<Cell> row = row(session);
            List<Cell> known = before.isEmpty() ? row : before.getOrDefault(key, List.of());
            now.put(key, row);
            if (now.size() <= room) {
                columns.addCells(marked(row, known));
            }
        }
        before = now;
        columns.print(screen);
        screen.line(sorted.size() <= room
                ? ""
                : "and " + Words.count(sorted.size() - room, "session") + " in less trouble");
    }

    private static List<Cell> row(SessionStatus session) {
        return List.of(Cell.of(session.name()), Cell.of(NetUtil.toAddressString(session.address())),
                SessionTable.state(session), Cell.of(Words.duration(session.uptime())),
                Cell.of(session.prefixesReceived()), SessionTable.lag(session),
                Cell.of(session.lastError() == null ? "-" : session.lastError()));
    }

    /** All of a session that was not there; else what is another word now, but for the time, which always is. */
    private static List<Cell> marked(List<Cell> row, List<Cell> known) {
        List<Cell> marked = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            Cell cell = row.get(column);
            boolean same = !known.isEmpty()
                    && (HEAD.get(column).equals("FOR") || known.get(column).text().equals(cell.text()));
            marked.add(same ? cell : cell.changed());
        }
        return marked;
    }

    private static List<Cell> event(JournalEntry entry, Screen screen) {
        return List.of(new Cell(screen.time(entry.time()), EventLines.ink(entry.severity())),
                Cell.of(entry.peer() == null ? "-" : entry.peer()),
                new Cell(entry.text(), EventLines.ink(entry.severity())));
    }
}
