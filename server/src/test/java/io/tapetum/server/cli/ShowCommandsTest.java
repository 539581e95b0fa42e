package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.StubReflector;
import io.tapetum.server.admin.Json;
import io.tapetum.server.inquiry.Route;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.journal.Severity;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

class ShowCommandsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StubReflector reflector = new StubReflector();

    @SuppressWarnings("NullAway.Init") // before each test
    private Typist typist;

    @BeforeEach
    void sitDown() throws IOException {
        typist = Typist.about(reflector);
        typist.journal.add(Instant.parse("2020-03-01T12:00:00Z"), Severity.INFO, "session-up", "node-1", "10.0.0.11",
                "node-1 is up", Map.of());
        typist.journal.add(Instant.parse("2020-03-01T12:01:00Z"), Severity.WARN, "session-down", "spine-1", "fd00::1",
                "spine-1 is down", Map.of());
    }

    @AfterEach
    void leave() {
        typist.close();
    }

    @Test
    void sessions_are_a_line_each() {
        assertThat(typist.type("show sessions")).isZero();
        assertThat(typist.out).hasToString(
                """
                NAME     ADDRESS    AS          ROLE      STATE        FOR    PREFIXES  LAG   LAST ERROR
                node-1   10.0.0.11  64512       client    Established  2h05m  1234      1.5s  Socket: Connection refused
                spine-1  fd00::1    4200000001  external  Active       7s     0         -     Received: 6/5 Cease/Connection Rejected
                2 sessions
                """);
    }

    @ParameterizedTest
    @CsvSource({"--state established, node-1", "--state ACTIVE, spine-1", "--role external, spine-1",
            "--role client --state Established, node-1"})
    void only_sessions_that_are_asked_for_are_shown(String options, String name) {
        assertThat(typist.type("show sessions " + options)).isZero();
        assertThat(typist.lines()).hasSize(3).element(1).asString().startsWith(name + " ");
    }

    @Test
    void routes_are_a_line_for_each_path() {
        assertThat(typist.type("show routes 10.3.0.0/16")).isZero();
        assertThat(typist.out).hasToString("""
                                               PREFIX       NEXT HOP   LOCAL-PREF  MED  FROM    AS PATH
                                           *   10.3.0.0/24  10.0.0.12  100         -    node-2  -
                                            h  10.3.0.0/24  10.0.0.12  100         -    node-3  -
                                           1 prefix
                                           """);
    }

    @ParameterizedTest
    @CsvSource({"10.3.0.0/16, WITHIN, TABLE,", "10.3.0.7, LONGEST, TABLE,", "10.3.0.7 --match exact, EXACT, TABLE,",
            "10.3.0.0/16 --peer node-1, WITHIN, RECEIVED, node-1",
            "10.3.0.0/16 --peer node-1 --view advertised, WITHIN, ADVERTISED, node-1"})
    void what_is_typed_becomes_a_query(String typed, RouteQuery.Match match, RouteQuery.View view, String peer) {
        assertThat(typist.type("show routes " + typed + " --limit 7")).isZero();

        Prefix prefix = Prefix.parse(typed.substring(0, (typed + " ").indexOf(' '))).orElseThrow();
        assertThat(reflector.calls).containsExactly("routes: "
                + new RouteQuery(Family.IPV4_UNICAST, match, prefix, view, peer, 7, null));
    }

    @Test
    void routes_without_a_prefix_are_those_of_both_families_until_there_are_enough() {
        assertThat(typist.type("show routes --limit 3")).isZero();
        assertThat(reflector.calls).satisfiesExactly(
                first -> assertThat(first).contains("family=IPV4_UNICAST", "limit=3"),
                second -> assertThat(second).contains("family=IPV6_UNICAST", "limit=2"));
        assertThat(typist.lines()).last().isEqualTo("1 prefix");

        assertThat(typist.type("show routes --limit 1")).isZero();
        assertThat(typist.lines()).last().isEqualTo("1 prefix, and perhaps more: --limit 0 shows all");
    }

    /** A table of 2,500 prefixes, backwards. */
    private static RoutePage page(RouteQuery query) {
        int from = query.after() == null ? 0 : Integer.parseInt(query.after());
        int to = Math.min(2500, from + query.limit());
        return new RoutePage(IntStream.range(from, to)
                .mapToObj(i -> new Route(new Prefix(Family.IPV4_UNICAST, (0x0A000000L + 2499 - i << 8) << 32, 0, 24),
                        StubReflector.EXPLANATION.paths().subList(0, 1)))
                .toList(), to == 2500 ? null : Integer.toString(to));
    }

    @Test
    void a_large_table_comes_page_by_page_and_each_is_sorted() throws IOException {
        try (Typist many = Typist.about(Altered.reflector("routes", asked -> page((RouteQuery) asked[0])))) {
            assertThat(many.type("show routes --family ipv4 --limit 0")).isZero();

            List<String> lines = many.lines();
            assertThat(lines).hasSize(2502).last().isEqualTo("2500 prefixes, sorted within each 1000 of them");
            assertThat(lines.subList(1, 1001)).isSortedAccordingTo(
                    (one, other) -> Long.compare(high(one), high(other)));
            assertThat(many.type("show routes --family ipv4 --limit 0 -o json")).isZero();
            assertThat(JSON.readTree(many.out.toString()).path("routes")).hasSize(2500);
        }
    }

    private static long high(String line) {
        return Prefix.parse(line.split(" +")[1]).orElseThrow().high();
    }

    @Test
    void whoever_has_seen_enough_is_not_sent_the_rest() throws IOException {
        try (Typist many = Typist.about(Altered.reflector("routes", asked -> page((RouteQuery) asked[0])))) {
            many.terminal.goes();

            assertThat(many.type("show routes --family ipv4 --limit 0")).isZero();
            assertThat(many.lines()).hasSizeLessThan(1002);
        }
    }

    @Test
    void a_route_that_nobody_has_is_a_no() throws IOException {
        assertThat(typist.type("show route 10.3.0.0/24")).isZero();
        assertThat(typist.out.toString()).startsWith("10.3.0.0/24: 2 paths\n  * from node-2 (10.0.0.12, client), the"
                + " best\n").contains(
                        "    from node-3 (10.0.0.13, client), lost: lower LOCAL_PREF, held for 40s of a session that was lost\n");

        try (Typist empty = Typist.about(Altered.reflector("routes", _ -> new RoutePage(List.of(), null)))) {
            assertThat(empty.type("show route 10.9.0.0/24")).isEqualTo(4);
            assertThat(empty.out)
                    .hasToString("Nobody announces 10.9.0.0/24. What there is near it, and who has no session:"
                            + " tapetum explain PEER 10.9.0.0/24\n");
        }
    }

    @Test
    void groups_tables_and_delays_are_tables() {
        assertThat(typist.type("show groups")).isZero();
        assertThat(typist.out)
                .hasToString("""
                             GROUP  FAMILY  RECEIVERS  SESSIONS  ANNOUNCED  WITHHELD  LOG    IN USE     COMPLETE
                             1      ipv4    client     1         5000       0         1 MiB  683.6 KiB  yes
                             1 update group
                             """);
        assertThat(typist.type("show groups -o wide")).isZero();
        assertThat(typist.lines().get(1))
                .endsWith("are in cluster 10.0.0.1, take messages of 4096 octets, know stale routes");
        assertThat(typist.type("show tables")).isZero();
        assertThat(typist.out).hasToString("""
                                           FAMILY  PREFIXES  PATHS
                                           ipv4    5000      6200
                                           ipv6    70        70
                                           with 42 different sets of attributes
                                           """);
        assertThat(typist.type("show delays")).isZero();
        assertThat(typist.lines().get(1)).startsWith("decision  100    2.5ms  <=1ms  <=1ms  <=10ms  >10ms ");
    }

    @Test
    void events_are_those_that_are_asked_for_the_latest_at_the_end() {
        assertThat(typist.type("show events")).isZero();
        assertThat(typist.lines()).hasSize(3).last().asString().endsWith("spine-1 is down");
        assertThat(typist.type("show events --limit 1")).isZero();
        assertThat(typist.lines()).hasSize(2).last().asString().endsWith("spine-1 is down");
        assertThat(typist.type("show events --severity WARN")).isZero();
        assertThat(typist.lines()).hasSize(2).last().asString().endsWith("spine-1 is down");
        assertThat(typist.type("show events --peer 10.0.0.11")).isZero();
        assertThat(typist.lines()).hasSize(2).last().asString().endsWith("node-1 is up");
        assertThat(typist.type("show events --kind session-up")).isZero();
        assertThat(typist.lines()).hasSize(2).last().asString().endsWith("node-1 is up");
    }

    @Test
    void a_history_that_nobody_keeps_is_a_no_and_says_how_to_begin() {
        assertThat(typist.type("show history 10.3.0.0/24")).isZero();
        assertThat(typist.lines().getFirst()).startsWith("10.3.0.0/24: recorded since ");
        assertThat(reflector.calls).isEmpty();

        assertThat(typist.type("show history 10.4.0.0/24")).isEqualTo(4);
        assertThat(typist.err.toString()).contains("nobody records 10.4.0.0/24",
                "tapetum show history 10.4.0.0/24 --record");

        assertThat(typist.type("show history 10.3.0.0/24 --record")).isZero();
        assertThat(reflector.calls).containsExactly("follow: 10.3.0.0/24");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show session nobody", "explain nobody 10.3.0.0/24", "clear nobody", "shutdown nobody",
            "start nobody"})
    void a_peer_that_there_is_not_has_an_exit_code_of_its_own(String line) {
        assertThat(typist.type(line)).isEqualTo(3);
        assertThat(typist.err.toString()).contains("there is no peer nobody", "tapetum show sessions").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"show", "show routes 10.3.0.0/40", "show routes --match exact", "show routes --view best",
            "show routes --limit -1", "show routes 10.3.0.0/24 --family ipv6", "show routes --family ipv5",
            "show routes --peer a --view table", "show route x", "show history x", "show session",
            "show sessions --role king", "show events --limit 0", "show events --limit 1001",
            "show events --severity loud", "show tables -o xml", "explain node-1", "explain node-1 node-2",
            "clear", "clear node-1 --hard --soft-in", "clear node-1 --message x", "watch --interval 1ms",
            "watch --interval 2h", "watch --interval x", "health dead", "completion fish"})
    void a_wrong_command_line_is_explained(String line) {
        assertThat(typist.type(line)).isEqualTo(2);
        assertThat(typist.err.toString()).startsWith("tapetum: ").doesNotContain("\tat ");
        assertThat(reflector.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "show sessions", "show session node-1", "show routes 10.3.0.0/24",
            "show route 10.3.0.0/24", "show history 10.3.0.0/24", "show groups", "show tables", "show delays",
            "show events", "show config", "explain node-1 10.3.0.0/24"})
    void every_answer_can_be_had_as_the_json_of_the_api(String line) throws IOException {
        typist.type(line + " --output json");

        JsonNode answer = JSON.readTree(typist.out.toString());
        assertThat(answer.isObject()).isTrue();
        assertThat(typist.err.toString()).isEmpty();
    }

    @Test
    void json_is_the_record_that_the_reflector_has() throws IOException {
        typist.type("show session node-1 -o json");
        assertThat(JSON.readTree(typist.out.toString()))
                .isEqualTo(JSON.readTree(Json.pretty(StubReflector.SESSIONS.getFirst())));
        typist.type("show delays -o json");
        assertThat(JSON.readTree(typist.out.toString())).isEqualTo(JSON.readTree(Json.pretty(StubReflector.DELAYS)));
        typist.type("explain node-1 10.3.0.0/24 -o json");
        assertThat(JSON.readTree(typist.out.toString()))
                .isEqualTo(JSON.readTree(Json.pretty(StubReflector.EXPLANATION)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"show sessions", "show session \u001bevil", "status", "status --wide",
            "show sessions -o json"})
    void a_terminal_obeys_nothing_that_a_peer_says(String line) throws IOException {
        SessionStatus hostile = new SessionStatus("\u001bevil", PeerOrigin.GLOBAL, InetAddress.ofLiteral("10.0.0.66"),
                179, 64512, PeerRole.CLIENT, Protection.NONE, "Idle", false, Duration.ofSeconds(5), Instant.EPOCH,
                "Received: 6/2 \"\u001b[2J\u009b31m\u202e\r\nnode-1 is up\"", null, null, Map.of(),
                SessionFigures.NONE);
        try (Typist visited = Typist.about(new StubReflector(List.of(hostile)))) {
            visited.terminal.becomes(50, 300);
            visited.type(line);

            assertThat(visited.out.toString().replace("\n", "")).contains("6/2")
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
            assertThat(visited.err.toString()).isEmpty();
        }
    }

    @Test
    void colours_need_a_terminal_that_has_some_and_somebody_who_wants_them() {
        typist.variables.put("TERM", "xterm");
        typist.type("show sessions");
        assertThat(typist.out.toString()).doesNotContain("\u001b");

        typist.terminal.becomes(24, 200);
        typist.type("show sessions");
        assertThat(typist.out.toString()).contains("\u001b[32mEstablished\u001b[0m");

        typist.variables.put("NO_COLOR", "1");
        typist.type("show sessions");
        assertThat(typist.out.toString()).doesNotContain("\u001b");

        typist.variables.remove("NO_COLOR");
        typist.variables.put("TERM", "dumb");
        typist.type("show sessions");
        assertThat(typist.out.toString()).doesNotContain("\u001b");
    }

    @Test
    void the_status_says_whether_the_reflector_is_ready_and_why_not() {
        assertThat(typist.type("status")).isZero();
        assertThat(typist.lines().subList(2, 6)).containsExactly("Not ready",
                "  sources: 1 of 1 cannot be followed at present; their peers stay as they were",
                "  converged: peers that are not up yet: 1; they are waited for, for 230 s at most",
                "2 sessions, 1 of them established; 5070 prefixes with 6270 paths");
    }

    @Test
    void health_is_an_exit_code_and_what_is_missing() {
        assertThat(typist.type("health live")).isZero();
        assertThat(typist.out).hasToString("live\n");
        assertThat(typist.type("health startup")).isZero();
        assertThat(typist.out).hasToString("started\n");
        assertThat(typist.type("health")).isEqualTo(1);
        assertThat(typist.out)
                .hasToString("""
                             not ready
                               sources ok: 1 of 1 cannot be followed at present; their peers stay as they were
                               converged failed: peers that are not up yet: 1; they are waited for, for 230 s at most
                             """);
    }
}
