package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.server.StubReflector;
import io.tapetum.server.inquiry.Route;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.journal.JournalEntry;
import io.tapetum.server.journal.JournalPage;
import io.tapetum.server.journal.Severity;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.wire.nlri.Prefix;

/** What is answered to whoever asks over HTTP. */
class ApiTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Logged logged = new Logged();
    private final Served served;

    ApiTest() throws IOException {
        served = Served.plain();
    }

    @AfterEach
    void close() {
        logged.close();
        http.close();
        served.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(served.uri(path)).build(), BodyHandlers.ofString());
    }

    private <T> T get(String path, Class<T> type) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.read(response.body().getBytes(StandardCharsets.UTF_8), type);
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(served.uri(path)).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private static List<String> names(Sessions page) {
        return page.sessions().stream().map(SessionStatus::name).toList();
    }

    @Test
    void sessions_come_in_pages_by_address() throws Exception {
        served.reflector.sessions = StubReflector.SESSIONS.reversed();

        Sessions first = get("/v1/sessions?limit=1", Sessions.class);
        assertThat(names(first)).containsExactly("node-1");

        Sessions second = get("/v1/sessions?limit=1&after=" + first.next(), Sessions.class);
        assertThat(names(second)).containsExactly("spine-1");
        assertThat(second.next()).isNull();
    }

    @Test
    void a_session_that_goes_between_two_pages_moves_no_other_away() throws Exception {
        Sessions first = get("/v1/sessions?limit=1", Sessions.class);

        served.reflector.sessions = StubReflector.SESSIONS.subList(1, 2);

        assertThat(names(get("/v1/sessions?limit=1&after=" + first.next(), Sessions.class)))
                .containsExactly("spine-1");
    }

    @ParameterizedTest
    @CsvSource({"state=Established, node-1", "state=active, spine-1", "role=external, spine-1", "role=client, node-1",
            "state=Active&role=client, ''"})
    void sessions_can_be_chosen(String query, String expected) throws Exception {
        assertThat(String.join(" ", names(get("/v1/sessions?" + query, Sessions.class)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"node-1, node-1", "10.0.0.11, node-1", "fd00::1, spine-1", "fd00%3A0%3A%3A1, spine-1"})
    void a_session_is_found_by_name_or_by_address_in_any_notation(String peer, String expected) throws Exception {
        assertThat(get("/v1/sessions/" + peer, SessionStatus.class).name()).isEqualTo(expected);
    }

    @Test
    void what_is_encoded_in_a_name_belongs_to_the_name() throws Exception {
        assertThat(get("/v1/sessions/a%2Fb+c%20d").body())
                .startsWith("{\"error\":\"there is no peer a/b+c d; ").contains("\"missing\":\"peer\"");
    }

    @Test
    void routes_of_both_families_come_page_by_page_one_after_the_other() throws Exception {
        served.reflector.table = List.of(route("10.1.0.0/16"), route("fd00:1::/48"), route("10.2.0.0/16"));

        RoutePage first = get("/v1/routes?limit=1", RoutePage.class);
        RoutePage second = get("/v1/routes?limit=1&after=" + first.next(), RoutePage.class);
        RoutePage third = get("/v1/routes?limit=1&after=" + second.next(), RoutePage.class);

        assertThat(List.of(first, second, third)).extracting(page -> page.routes().getFirst().prefix().toString())
                .containsExactly("10.1.0.0/16", "10.2.0.0/16", "fd00:1::/48");
        assertThat(third.next()).isNull();
        assertThat(get("/v1/routes", RoutePage.class).routes()).hasSize(3);
        assertThat(get("/v1/routes?family=ipv6", RoutePage.class).routes()).hasSize(1);
    }

    private static Route route(String prefix) {
        return new Route(Prefix.parse(prefix).orElseThrow(), StubReflector.EXPLANATION.paths());
    }

    @ParameterizedTest
    @CsvSource({"/v1/routes?prefix=10.3.0.0/24, 'match=EXACT, prefix=10.3.0.0/24, view=TABLE, peer=null'",
            "/v1/routes?prefix=10.3.0.7/32&match=longest, 'match=LONGEST, prefix=10.3.0.7/32, view=TABLE'",
            "/v1/sessions/node-1/received, 'match=ALL, prefix=null, view=RECEIVED, peer=node-1'",
            "/v1/sessions/node-1/best?prefix=10.0.0.0%2F8&match=within, 'match=WITHIN, prefix=10.0.0.0/8, view=BEST'",
            "/v1/sessions/node-1/advertised?family=ipv4, 'match=ALL, prefix=null, view=ADVERTISED'"})
    void what_is_asked_about_routes_is_what_the_reflector_is_asked(String path, String query) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(200);

        assertThat(served.reflector.calls.getFirst()).contains(query);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/v1/routes?limit=0 | limit is \\\"0\\\", expected a number from 1 to 10000",
            "/v1/routes?limit=many | limit is \\\"many\\\", expected a number from 1 to 10000",
            "/v1/routes?family=ipx | family is \\\"ipx\\\", expected one of ipv4, ipv6",
            "/v1/routes?prefix=10.3.0.0/33 | prefix is \\\"10.3.0.0/33\\\", expected a prefix such as 10.3.0.0/24",
            "/v1/routes?match=exact | match needs a prefix to compare with",
            "/v1/routes?prefix=10.3.0.0/24&family=ipv6 | but 10.3.0.0/24 is of the other one",
            "/v1/routes?prefix=10.3.0.0/24&match=all | match is \\\"all\\\", expected one of exact, longest, within",
            "/v1/routes?after=nonsense | after is \\\"nonsense\\\", expected what the page before says as next",
            "/v1/routes?after=ipv4.nonsense | that is no page of mine",
            "/v1/routes?limit=1&limit=2 | limit is there twice",
            "/v1/routes?limit=x&family=y | family is \\\"y\\\", expected one of ipv4, ipv6; limit is \\\"x\\\", expected a",
            "/v1/sessions?state=Up | state is \\\"Up\\\", expected one of Idle, Connect, Active, OpenSent, OpenConfirm,",
            "/v1/sessions?after=!! | after is \\\"!!\\\", expected what the page before says as next",
            "/v1/sessions?after=AA | after is \\\"AA\\\", expected what the page before says as next",
            "/v1/explain?peer=node-1 | prefix is missing, expected a prefix such as",
            "/v1/explain | peer is missing, expected the name or the address of a peer; prefix is missing",
            "/v1/events?limit=1001 | limit is \\\"1001\\\", expected a number from 1 to 1000",
            "/v1/events?after=-1 | after is \\\"-1\\\", expected a number from 0 on",
            "/v1/events?severity=bad | severity is \\\"bad\\\", expected one of info, warn, error",
            "/readyz?verbose=perhaps | verbose is \\\"perhaps\\\", expected nothing, true or false"})
    void what_cannot_be_used_is_named_with_what_was_expected(String path, String sentence) throws Exception {
        HttpResponse<String> response = get(path.replace("!", "%21"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(sentence);
    }

    @Test
    void who_is_unknown_is_told_apart_from_what_is_unknown() throws Exception {
        for (String path : List.of("/v1/sessions/node-9", "/v1/sessions/node-9/best",
                "/v1/explain?peer=node-9&prefix=10.3.0.0/24")) {
            assertThat(get(path).statusCode()).isEqualTo(404);
            assertThat(get(path).body()).contains("there is no peer node-9", "\"missing\":\"peer\"");
        }
        assertThat(post("/v1/sessions/node-9/start", "").body()).contains("\"missing\":\"peer\"");
        assertThat(get("/v1/history?prefix=192.0.2.0/24").body()).contains("nobody follows 192.0.2.0/24; POST",
                "\"missing\":\"history\"");
        assertThat(get("/v1/nothing").body()).contains("\"missing\":\"path\"");
    }

    @Test
    void the_configuration_is_told_key_by_key() throws Exception {
        JsonNode configuration = get("/v1/config", JsonNode.class);

        assertThat(configuration.at("/as/value").longValue()).isEqualTo(64512);
        assertThat(configuration.at("/as/source").textValue()).isNotEmpty();
        assertThat(configuration.has("connections.half-open")).isTrue();
    }

    @Test
    void events_are_the_latest_or_those_after_one() throws Exception {
        for (int i = 1; i <= 3; i++) {
            served.journal.add(Instant.EPOCH, i == 2 ? Severity.WARN : Severity.INFO, "datastore",
                    i == 3 ? "node-1" : null, null, "event " + i, Map.of());
        }

        assertThat(sequences("/v1/events?limit=2")).containsExactly(3L, 2L);
        assertThat(sequences("/v1/events?before=3")).containsExactly(2L, 1L);
        assertThat(sequences("/v1/events?after=0&limit=2")).containsExactly(1L, 2L);
        assertThat(sequences("/v1/events?after=0&order=newest-first")).containsExactly(3L, 2L, 1L);
        assertThat(sequences("/v1/events?severity=warn")).containsExactly(2L);
        assertThat(sequences("/v1/events?peer=node-1&kind=datastore")).containsExactly(3L);
        assertThat(sequences("/v1/events?kind=keys")).isEmpty();
    }

    private List<Long> sequences(String path) throws IOException, InterruptedException {
        return get(path, JournalPage.class).entries().stream().map(JournalEntry::sequence).toList();
    }

    @Test
    void every_order_is_carried_out_and_logged_with_who_gave_it() throws Exception {
        assertThat(post("/v1/sessions/10.0.0.11/clear", "{\"what\": \"hard\", \"message\": \"new cable\"}").body())
                .isEqualTo("{\"affected\":1}\n");
        post("/v1/sessions/all/clear", "{\"what\": \"soft-in\"}");
        post("/v1/sessions/node-1/shutdown", "{\"message\": \"until 14:00\"}");
        post("/v1/sessions/node-1/start", "");
        post("/v1/history", "{\"prefix\": \"10.3.0.0/24\"}");

        assertThat(served.reflector.calls).containsExactly("clear: node-1 HARD new cable", "clear: all SOFT_IN ",
                "shutdown: node-1 until 14:00", "start: node-1", "follow: 10.3.0.0/24");
        assertThat(logged.lines()).satisfiesExactly(
                line -> assertThat(line).contains("hard clear of node-1, message \"new cable\": 1 affected",
                        "by order of 127.0.0.1", "event=\"operator\"", "peer=\"node-1\"", "who=\"127.0.0.1\""),
                line -> assertThat(line).contains("soft-in clear of all sessions: 1 affected").doesNotContain("peer="),
                line -> assertThat(line).contains("shutdown of node-1, message \"until 14:00\""),
                line -> assertThat(line).contains("start of node-1"),
                line -> assertThat(line).contains("10.3.0.0/24 is followed"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/v1/sessions/all/clear | {} | expected a body like {",
            "/v1/sessions/all/clear | {\"what\": \"harder\"} | expected a body like {",
            "/v1/sessions/all/clear | {\"what\": \"hard\", \"why\": \"so\"} | expected a body like {",
            "/v1/sessions/all/clear | {\"what\": \"hard\"} x | expected a body like {",
            "/v1/sessions/all/clear | {\"what\": \"soft-in\", \"message\": \"so\"} | is a peer told a message",
            "/v1/sessions/all/shutdown | [] | expected a body like {",
            "/v1/history | {\"prefix\": \"10.3.0.0/33\"} | expected a body like {",
            "/v1/history | {} | expected a body like {"})
    void an_order_without_sense_is_refused_and_changes_nothing(String path, String body, String sentence)
            throws Exception {
        HttpResponse<String> response = post(path, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(sentence);
        assertThat(served.reflector.calls).isEmpty();
        assertThat(logged.lines()).isEmpty();
    }

    @Test
    void an_order_that_is_too_long_is_refused() throws Exception {
        assertThat(post("/v1/sessions/all/shutdown", "{\"message\": \"" + "x".repeat(256) + "\"}").body())
                .contains("256 octets; BGP carries at most 255");
        assertThat(post("/v1/sessions/all/shutdown", " ".repeat(5000)).statusCode()).isEqualTo(413);
        assertThat(served.reflector.calls).isEmpty();
    }

    @Test
    void no_more_can_be_followed_than_there_is_room_for() throws Exception {
        served.reflector.room = false;

        HttpResponse<String> response = post("/v1/history", "{\"prefix\": \"10.3.0.0/24\"}");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("as many prefixes are followed as can be");
    }
}
