package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.StubReflector;
import io.tapetum.server.admin.RefusedException.Missing;
import io.tapetum.server.inquiry.Route;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.inquiry.RouteQuery.Match;
import io.tapetum.server.inquiry.RouteQuery.View;
import io.tapetum.server.journal.JournalQuery;
import io.tapetum.server.journal.JournalQuery.Order;
import io.tapetum.server.journal.Severity;
import io.tapetum.server.reflector.Interventions.Clear;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** That what a reflector says arrives at whoever asks, as it was. */
class AdminClientTest {

    private static final Prefix PREFIX = StubReflector.EXPLANATION.prefix();

    private final Served served;
    private final AdminClient client;

    AdminClientTest() throws IOException {
        served = Served.plain();
        client = new AdminClient(served.endpoint(), AdminAccess.plain());
    }

    @AfterEach
    void close() {
        client.close();
        served.close();
    }

    private <T> T ask(Question<T> question) throws IOException, InterruptedException {
        return client.ask(question).answer();
    }

    @Test
    void records_arrive_as_they_are() throws Exception {
        assertThat(ask(Questions.sessions(null, null))).isEqualTo(StubReflector.SESSIONS);
        assertThat(ask(Questions.sessions("Active", PeerRole.EXTERNAL)))
                .isEqualTo(StubReflector.SESSIONS.subList(1, 2));
        assertThat(ask(Questions.session("fd00::1"))).isEqualTo(StubReflector.SESSIONS.getLast());
        assertThat(ask(Questions.groups())).isEqualTo(StubReflector.GROUPS);
        assertThat(ask(Questions.tables())).isEqualTo(StubReflector.TABLES);
        assertThat(ask(Questions.delays())).isEqualTo(StubReflector.DELAYS);
        assertThat(ask(Questions.sources())).isEqualTo(StubReflector.SOURCES);
        assertThat(ask(Questions.explanation("node-1", PREFIX))).isEqualTo(StubReflector.EXPLANATION);
        assertThat(ask(Questions.history(PREFIX))).isEqualTo(StubReflector.HISTORY);
    }

    @Test
    void the_state_of_the_reflector_says_whether_it_is_ready_and_why_not() throws Exception {
        ReflectorState state = ask(Questions.status());

        assertThat(state.version()).isEqualTo("1.0");
        assertThat(state.restart()).isEqualTo(StubReflector.STATUS.restart());
        assertThat(state.ready()).isFalse();
        assertThat(state.readiness()).filteredOn(check -> !check.passed()).singleElement()
                .satisfies(check -> assertThat(check.name()).isEqualTo("converged"));
        assertThat(state.totals().sessions()).isEqualTo(2);
        assertThat(state.totals().states()).containsEntry("Active", 1).containsEntry("Established", 1);
        assertThat(state.totals().tables()).isEqualTo(StubReflector.TABLES.families());
    }

    @Test
    void pages_lead_to_the_next() throws Exception {
        Route route = new Route(PREFIX, StubReflector.EXPLANATION.paths());
        served.reflector.table = List.of(route, route, route);

        RoutePage first = ask(Questions.routes(page(View.RECEIVED, null)));
        RoutePage second = ask(Questions.routes(page(View.RECEIVED, first.next())));

        assertThat(first.routes()).containsExactly(route, route);
        assertThat(second).isEqualTo(new RoutePage(List.of(route), null));

        Sessions sessions = ask(Questions.sessions(null, null, 1, null));
        assertThat(ask(Questions.sessions(null, null, 1, sessions.next())))
                .isEqualTo(new Sessions(StubReflector.SESSIONS.subList(1, 2), null));
    }

    private static RouteQuery page(View view, @Nullable String after) {
        return new RouteQuery(Family.IPV4_UNICAST, Match.ALL, null, view, "node-1", 2, after);
    }

    @Test
    void every_view_and_match_is_asked_for() throws Exception {
        for (View view : View.values()) {
            for (Match match : Match.values()) {
                RouteQuery query = new RouteQuery(Family.IPV4_UNICAST, match, match == Match.ALL ? null : PREFIX, view,
                        view == View.TABLE ? null : "node-1", 2, null);
                served.reflector.calls.clear();

                ask(Questions.routes(query));

                assertThat(served.reflector.calls).containsExactly("routes: " + query);
            }
        }
    }

    @Test
    void events_are_asked_for() throws Exception {
        served.journal.add(Instant.EPOCH, Severity.WARN, "datastore", "node-1", "10.0.0.11", "lost",
                Map.of("a", "b"));
        JournalQuery query = new JournalQuery(0, 2, 5, "node-1", Severity.WARN, "datastore", Order.NEWEST_FIRST);

        assertThat(ask(Questions.events(query))).isEqualTo(served.journal.entries(query));
    }

    @Test
    void orders_are_carried_out() throws Exception {
        assertThat(client.clear("node-1", Clear.HARD, "new cable")).isOne();
        assertThat(client.clear("all", Clear.SOFT_OUT, "")).isOne();
        assertThat(client.shutdown("fd00::1", "until 14:00")).isOne();
        assertThat(client.start("spine-1")).isOne();
        assertThat(client.follow(PREFIX).until()).isEqualTo(StubReflector.HISTORY.until());

        assertThat(served.reflector.calls).containsExactly("clear: node-1 HARD new cable", "clear: all SOFT_OUT ",
                "shutdown: spine-1 until 14:00", "start: spine-1", "follow: " + PREFIX);
    }

    @Test
    void an_answer_can_be_shown_as_it_came() throws Exception {
        assertThat(client.ask(Questions.tables()).pretty()).contains("\"attribute-sets\" : 42");
    }

    @Test
    void what_there_is_not_is_told_apart() {
        assertThatThrownBy(() -> ask(Questions.session("a b/c")))
                .isInstanceOfSatisfying(RefusalException.class, refusal -> {
                    assertThat(refusal.missing()).isEqualTo(Missing.PEER);
                    assertThat(refusal).hasMessageContaining("there is no peer a b/c; ");
                });
        assertThatThrownBy(() -> ask(Questions.history(Prefix.parse("192.0.2.0/24").orElseThrow())))
                .isInstanceOfSatisfying(RefusalException.class,
                        refusal -> assertThat(refusal.missing()).isEqualTo(Missing.HISTORY));
        assertThatThrownBy(() -> ask(new Question<>("/v1/nothing", octets -> octets)))
                .isInstanceOfSatisfying(RefusalException.class, refusal -> {
                    assertThat(refusal.missing()).isEqualTo(Missing.PATH);
                    assertThat(refusal.status()).isEqualTo(404);
                });
    }
}
