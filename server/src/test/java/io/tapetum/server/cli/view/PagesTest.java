package io.tapetum.server.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.core.delay.LatencySnapshot;
import io.tapetum.core.inquiry.Standing;
import io.tapetum.rib.DecisionReason;
import io.tapetum.server.StubReflector;
import io.tapetum.server.inquiry.Explanation;
import io.tapetum.server.inquiry.Explanation.Outcome;
import io.tapetum.server.inquiry.Explanation.Stage;
import io.tapetum.server.inquiry.Explanation.Step;
import io.tapetum.server.inquiry.PrefixHistory;
import io.tapetum.server.journal.JournalEntry;
import io.tapetum.server.journal.Severity;
import io.tapetum.wire.nlri.Prefix;

class PagesTest {

    private static final Prefix PREFIX = Prefix.parse("10.3.0.0/24").orElseThrow();

    @Test
    void a_session_that_is_up_is_told_from_its_state_to_its_counters() {
        assertThat(Printed.plain(screen -> SessionPage.print(StubReflector.SESSIONS.getFirst(), screen)))
                .isEqualTo("""
                           node-1
                             Address         10.0.0.11, port 179
                             AS              64512, client
                             Exists because  global
                             Protection      TCP-MD5 with the key keystore:nodes
                             State           Established
                             For             2h05m; up since 2020-03-01 10:00:00
                             Came up         3 times
                             Went down       2 times: connection-lost 2

                           Last error
                             Error  Socket: Connection refused

                           Negotiated
                             Our address             10.0.0.1
                             Identifier of the peer  10.0.0.11
                             Hold time               90s, of which 1m11s are left
                             Keepalive               every 30s
                             Send hold time          not running: the peer takes what it is sent
                             The peer can            refresh, AS4
                             The session is          internal, route-reflector, AS4

                           Families
                             FAMILY  GROUP  LAG   NOT YET SENT  EOR RECEIVED  EOR SENT
                             ipv4    1      -     0 B           yes           yes
                             ipv6    2      1.5s  4 KiB         yes           no

                           Routes
                             FAMILY  IN TABLE  EXPORTED  ANNOUNCED  REFUSED  REPEATED  WITHDRAWN  UNKNOWN
                             ipv4    1200      5000      1300       20       50        30         0
                             ipv6    34        70        34         0        0         0          0

                           Messages since the peer exists
                             TYPE           RECEIVED  OCTETS  SENT  OCTETS
                             OPEN           1         61      1     65
                             UPDATE         1400      98000   5100  357000
                             NOTIFICATION   0         0       0     0
                             KEEPALIVE      250       4750    249   4731
                             ROUTE-REFRESH  1         23      0     0
                             all            1652      102834  5350  361796
                           """);
    }

    @Test
    void a_session_that_is_down_says_why_and_what_is_held_for_it() {
        assertThat(Printed.plain(screen -> SessionPage.print(StubReflector.SESSIONS.getLast(), screen))).startsWith(
                """
                spine-1
                  Address         fd00::1, port 1790
                  AS              4200000001, external
                  Exists because  configured
                  Protection      TCP-MD5 with the key file:/run/key; at most 1 hop away (TTL 255 or more)
                  State           Active
                  For             7s; not up since 2020-03-01 12:04:53
                  Came up         1 time
                  Went down       1 time: notification-received 1

                Last error
                  Error         Received: 6/5 Cease/Connection Rejected
                  NOTIFICATION  code 6, subcode 5: Cease/Connection Rejected
                  Meaning       whoever sent this does not want the connection: it does not know this peer, or is not ready yet

                Held for the peer until it is back
                  ipv6: 12 paths for 40s, by now as a last resort (long-lived graceful restart)

                Messages""");
    }

    private static Explanation explanation() {
        return new Explanation(PREFIX, "node-1", InetAddress.ofLiteral("10.0.0.11"), Standing.ON_ITS_WAY,
                "In a moment.",
                List.of(new Step(Stage.SESSION, Outcome.PASSED, "It is up."),
                        new Step(Stage.REFLECTION, Outcome.STOPPED, "It stops."),
                        new Step(Stage.SOCKET, Outcome.WAITING, "It waits.")),
                List.of(), List.of());
    }

    @Test
    void an_explanation_says_first_how_it_stands_and_then_why() {
        assertThat(Printed.plain(screen -> ExplanationText.print(StubReflector.EXPLANATION, screen))).isEqualTo(
                """
                10.3.0.0/24 at node-1 (10.0.0.11): withheld
                node-2 announced it with the community no-advertise, so nobody is told of it.

                The way of the prefix
                  1. ok   session     node-1 is Established and exchanges ipv4.
                  2. stop reflection  The best path carries no-advertise.

                Paths that may be used
                  * from node-2 (10.0.0.12, client), the best
                        next hop 10.0.0.12, local-pref 100, origin igp
                        AS path is empty (of the own AS)
                        communities no-advertise
                    from node-3 (10.0.0.13, client), lost: lower LOCAL_PREF, held for 40s of a session that was lost
                        next hop 10.0.0.12, local-pref 100, origin igp
                        AS path is empty (of the own AS)
                        communities no-advertise

                Announcements that were refused
                    from spine-1 (fd00::1), last at 2020-03-01 11:00:00: its CLUSTER_LIST has our cluster id 10.0.0.1
                """);
    }

    @Test
    void steps_have_symbols_where_there_are_more_characters_than_those_of_ascii() {
        Screen.Look unicode = new Screen.Look(Integer.MAX_VALUE, false, true);

        assertThat(Printed.on(unicode, screen -> ExplanationText.print(explanation(), screen)))
                .endsWith("""
                          The way of the prefix
                            1. ✓ session     It is up.
                            2. ✗ reflection  It stops.
                            3. … socket      It waits.
                          """);
        assertThat(Printed.plain(screen -> ExplanationText.print(explanation(), screen)))
                .endsWith("""
                            1. ok   session     It is up.
                            2. stop reflection  It stops.
                            3. wait socket      It waits.
                          """);
    }

    @ParameterizedTest
    @EnumSource(DecisionReason.class)
    void every_reason_for_which_a_path_lost_has_words(DecisionReason reason) {
        assertThat(PathText.lost(reason)).isNotBlank().doesNotContain(reason.name() + "_");
    }

    @Test
    void a_history_is_told_oldest_first_and_says_what_is_missing() {
        PrefixHistory history = new PrefixHistory(PREFIX, StubReflector.HISTORY.since(), StubReflector.HISTORY.until(),
                StubReflector.HISTORY.entries(), 7);

        assertThat(Printed.plain(screen -> HistoryLines.print(history, screen)))
                .isEqualTo("""
                           10.3.0.0/24: recorded since 2020-03-01 11:00:00, until 2020-03-01 12:00:00
                           (7 older are forgotten)
                           TIME                 WHAT       PEER    HOW
                           2020-03-01 11:01:00  announced  node-2  next hop 10.0.0.12; it is the best path
                           """);
    }

    @Test
    void events_come_a_line_each_and_what_was_missed_is_said() {
        JournalEntry entry = new JournalEntry(12, Instant.parse("2020-03-01T12:04:53Z"), Severity.WARN, "session-down",
                "spine-1", "fd00::1", "spine-1 is down", Map.of("code", "6", "a", "b"));

        assertThat(Printed.plain(screen -> {
            EventLines lines = new EventLines(false, screen);
            lines.print(List.of(entry));
            lines.missed(3);
            lines.print(List.of(entry));
        })).isEqualTo("""
                      TIME                 SEVERITY  KIND          PEER     WHAT HAPPENED
                      2020-03-01 12:04:53  warn      session-down  spine-1  spine-1 is down
                      (3 events came and went in between)
                      2020-03-01 12:04:53  warn      session-down  spine-1  spine-1 is down
                      """);
        assertThat(Printed.plain(screen -> new EventLines(true, screen).print(List.of(entry)))).isEqualTo(
                """
                SEQUENCE  TIME                 SEVERITY  KIND          PEER     ADDRESS  DETAILS     WHAT HAPPENED
                12        2020-03-01 12:04:53  warn      session-down  spine-1  fd00::1  a=b,code=6  spine-1 is down
                """);
    }

    @Test
    void a_histogram_gives_bounds_and_never_more_than_it_knows() {
        List<Long> bounds = List.of(1_000_000L, 10_000_000L, Long.MAX_VALUE);
        Quantiles some = new Quantiles(new LatencySnapshot(bounds, List.of(90L, 9L, 1L), 250_000_000L));
        Quantiles none = new Quantiles(new LatencySnapshot(bounds, List.of(0L, 0L, 0L), 0));

        assertThat(some.atMost(0.5)).isEqualTo("<=1ms");
        assertThat(some.atMost(0.9)).isEqualTo("<=1ms");
        assertThat(some.atMost(0.91)).isEqualTo("<=10ms");
        assertThat(some.atMost(0.99)).isEqualTo("<=10ms");
        assertThat(some.atMost(1)).isEqualTo(">10ms");
        assertThat(some.mean()).isEqualTo("2.5ms");
        assertThat(none.atMost(0.5)).isEqualTo("-");
        assertThat(none.mean()).isEqualTo("-");
    }

    @Test
    void numbers_are_as_short_as_they_can_be_read() {
        assertThat(Words.duration(Duration.ofHours(76))).isEqualTo("3d04h");
        assertThat(Words.delay(Duration.ofNanos(40_000))).isEqualTo("40us");
        assertThat(Words.delay(Duration.ofMillis(250))).isEqualTo("250ms");
        assertThat(Words.delay(Duration.ofMillis(1500))).isEqualTo("1.5s");
        assertThat(Words.delay(Duration.ofSeconds(200))).isEqualTo("3m20s");
        assertThat(Words.octets(512)).isEqualTo("512 B");
        assertThat(Words.octets(4096)).isEqualTo("4 KiB");
        assertThat(Words.octets(3L << 29)).isEqualTo("1.5 GiB");
        assertThat(Words.octets(5L << 50)).isEqualTo("5120 TiB");
        assertThat(Words.count(1, "prefix")).isEqualTo("1 prefix");
        assertThat(Words.count(2, "prefix")).isEqualTo("2 prefixes");
    }
}
