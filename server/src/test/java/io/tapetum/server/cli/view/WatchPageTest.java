package io.tapetum.server.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.tapetum.core.session.FamilyFigures;
import io.tapetum.core.session.RouteCounts;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.session.Traffic;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.StubReflector;
import io.tapetum.server.journal.JournalEntry;
import io.tapetum.server.journal.Severity;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.wire.Family;

class WatchPageTest {

    private static final List<JournalEntry> EVENTS = List.of(event("node-2", "later"), event("node-1", "earlier"));

    private static JournalEntry event(String peer, String text) {
        return new JournalEntry(1, Instant.parse("2020-03-01T12:04:53Z"), Severity.INFO, "session-up", peer, null, text,
                Map.of());
    }

    private static SessionStatus session(String name, boolean up, boolean stopped, int prefixes, long lagMillis) {
        SessionStatus example = StubReflector.SESSIONS.getFirst();
        FamilyFigures figures = new FamilyFigures(1, 0, Duration.ofMillis(lagMillis), true, true);
        return new SessionStatus(name, PeerOrigin.GLOBAL, InetAddress.ofLiteral("10.0.0.11"), 179, 64512,
                PeerRole.CLIENT, Protection.NONE, up ? "Established" : "Idle", stopped, Duration.ofSeconds(5),
                example.since(), null, null, up ? example.agreement() : null,
                Map.of(Family.IPV4_UNICAST, new RouteCounts(prefixes, 0, 0, 0, 0, 0, 0)),
                new SessionFigures(Traffic.NONE, Traffic.NONE, 0, Map.of(), null, null,
                        Map.of(Family.IPV4_UNICAST, figures), Map.of()));
    }

    private static Glance glance(SessionStatus... sessions) {
        return new Glance("10.0.0.1", true, List.of(sessions), StubReflector.TABLES, StubReflector.DELAYS, EVENTS);
    }

    @Test
    void trouble_comes_first_and_the_latest_event_last() {
        Glance glance = glance(session("stopped", false, true, 0, 0), session("well", true, false, 3, 0),
                session("slow", true, false, 3, 20), session("slower", true, false, 3, 300),
                session("down", false, false, 0, 0));

        assertThat(Printed.plain(screen -> new WatchPage().print(glance, 24, screen))).isEqualTo(
                """
                Tapetum 10.0.0.1: ready, 2020-03-01 12:05:00
                5 sessions: 3 up, 1 down, 1 stopped, 2 lagging
                5070 prefixes with 6270 paths; 99% of changes reach the last session in <=10ms

                PEER     ADDRESS    STATE        FOR  PREFIXES  LAG    LAST ERROR
                down     10.0.0.11  Idle         5s   0         -      -
                slower   10.0.0.11  Established  5s   3         300ms  -
                slow     10.0.0.11  Established  5s   3         20ms   -
                well     10.0.0.11  Established  5s   3         -      -
                stopped  10.0.0.11  stopped      5s   0         -      -


                TIME                 PEER    EVENT
                2020-03-01 12:04:53  node-1  earlier
                2020-03-01 12:04:53  node-2  later
                """);
    }

    @Test
    void there_are_never_more_lines_than_fit() {
        Glance many = glance(IntStream.range(0, 100).mapToObj(i -> session("node-" + i, true, false, 1, 0))
                .toArray(SessionStatus[]::new));

        String printed = Printed.plain(screen -> new WatchPage().print(many, 24, screen));

        assertThat(printed.lines()).hasSizeLessThanOrEqualTo(24).contains("and 86 sessions in less trouble");
    }

    @Test
    void what_has_changed_since_the_last_look_stands_out() {
        WatchPage page = new WatchPage();
        String first = Printed.on(Printed.TERMINAL,
                screen -> page.print(glance(session("node", true, false, 3, 0)), 24, screen));
        String second = Printed.on(Printed.TERMINAL, screen -> page.print(
                glance(session("node", true, false, 4, 0), session("new", true, false, 7, 0)), 24, screen));

        assertThat(first).doesNotContain("\u001b[7m");
        assertThat(second).contains("\u001b[7m4\u001b[0m", "\u001b[7mnew\u001b[0m", "\u001b[7m7\u001b[0m")
                .doesNotContain("\u001b[7mnode");
    }
}
