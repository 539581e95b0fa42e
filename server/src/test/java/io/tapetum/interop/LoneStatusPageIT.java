package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import io.tapetum.core.session.FamilyFigures;
import io.tapetum.core.session.RouteCounts;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.session.Traffic;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.interop.browser.Chromium;
import io.tapetum.interop.browser.Key;
import io.tapetum.interop.browser.Tab;
import io.tapetum.server.StubReflector;
import io.tapetum.server.admin.AdminServer;
import io.tapetum.server.admin.Route;
import io.tapetum.server.admin.StatusPage;
import io.tapetum.server.admin.api.Api;
import io.tapetum.server.admin.api.Subject;
import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.config.AdminSettings.Scope;
import io.tapetum.server.health.Health;
import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.metrics.ReflectorMetrics;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.server.trend.TrendRecorder;
import io.tapetum.wire.Family;

/** The status page of a reflector without a network, which has very many sessions, in a browser on this machine. */
final class LoneStatusPageIT {

    private static final int SESSIONS = 5_000;
    private static final String TOKEN = "0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path FOLDER = Path.of("target", "interop", "LoneStatusPageIT").toAbsolutePath();

    /** What a person takes for immediate is 100 ms; a machine that is busy, and draws without hardware for it, may take more. */
    private static final double FLUID_MS = 250;

    /** Collects how long it takes from a key to what it changed on the screen. */
    private static final String MEASURE_KEYS = """
                                               window.took = [];
                                               let pressed;
                                               document.addEventListener('keydown', () => pressed = performance.now(), true);
                                               document.querySelector('#filter').addEventListener('input', () => {
                                                   const since = pressed;
                                                   requestAnimationFrame(() => {
                                                       const painted = new MessageChannel();
                                                       painted.port1.onmessage = () => took.push(performance.now() - since);
                                                       painted.port2.postMessage('');
                                                   });
                                               });
                                               """;

    /** How long each of 60 frames took while the list was scrolled all the way. */
    private static final String MEASURE_SCROLL = """
                                                 new Promise(done => {
                                                     const list = document.querySelector('#list');
                                                     const step = list.scrollHeight / 60;
                                                     const frames = [];
                                                     let last = performance.now();
                                                     requestAnimationFrame(function next() {
                                                         frames.push(performance.now() - last);
                                                         last = performance.now();
                                                         list.scrollTop += step;
                                                         frames.length < 60 ? requestAnimationFrame(next) : done(frames);
                                                     });
                                                 })
                                                 """;

    /** Asks for a route, and lets the answer arrive only when {@code arrive()} is called. */
    private static final String SEARCH_AND_WAIT = """
                                                  const quick = window.fetch;
                                                  const arrival = new Promise(arrived => window.arrive = arrived);
                                                  window.fetch = async (...what) => {
                                                      const answer = await quick(...what);
                                                      await arrival;
                                                      return answer;
                                                  };
                                                  document.querySelector('#prefix').value = '10.0.0.0/24';
                                                  document.querySelector('#search').requestSubmit();
                                                  window.fetch = quick;
                                                  """;

    private static SessionStatus session(int number) {
        InetAddress address = InetAddress.ofLiteral("10." + (number >> 16) + "." + (number >> 8 & 255) + "."
                + (number & 255));
        Instant since = Instant.parse("2020-03-01T10:00:00Z");
        String name = "node-%04d".formatted(number);
        if (number % 50 == 7) {
            return new SessionStatus(name, PeerOrigin.GLOBAL, address, 179, 64512, PeerRole.CLIENT, Protection.NONE,
                    "Active", false, Duration.ofSeconds(number), since, "Socket: Connection refused", null, null,
                    Map.of(), SessionFigures.NONE);
        }
        boolean lagging = number % 400 == 9;
        return new SessionStatus(name, PeerOrigin.GLOBAL, address, 179, 64512, PeerRole.CLIENT, Protection.NONE,
                "Established", false, Duration.ofSeconds(number * 60L), since, null, null,
                new Agreement(InetAddress.ofLiteral("10.255.0.1"), address.getHostAddress(), 90, 30,
                        Set.of(Family.IPV4_UNICAST), List.of("refresh", "AS4"), List.of("internal")),
                Map.of(Family.IPV4_UNICAST, new RouteCounts(number % 300, 40_000, 0, 0, 0, 0, 0)),
                new SessionFigures(Traffic.NONE, Traffic.NONE, 1, Map.of(), null, null,
                        Map.of(Family.IPV4_UNICAST, new FamilyFigures(1, lagging ? 3_000_000 : 0,
                                lagging ? Duration.ofSeconds(4) : Duration.ZERO, true, true)),
                        Map.of()));
    }

    /** Visits the page once it shows all sessions. */
    private static void visit(Consumer<Tab> visitor) throws IOException {
        open(AdminSettings.OFF, page -> {
            awaitAllSessions(page);
            visitor.accept(page);
            assertThat(page.complaints()).isEmpty();
        });
    }

    /** Visits the page of a reflector that wants a token, once it asks for one. */
    private static void visitWithoutToken(Consumer<Tab> visitor) throws IOException {
        AdminSettings.Token reader = new AdminSettings.Token("reader", Scope.READ, new KeyReference.Variable("TOKEN"));
        open(new AdminSettings(null, List.of(), null, List.of(reader)), page -> {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(page.text("#door")).contains("A token is needed"));
            visitor.accept(page);
        });
    }

    private static void enterToken(Tab page) {
        page.click("#token");
        page.type(TOKEN);
        page.press(Key.ENTER);
    }

    private static void awaitAllSessions(Tab page) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(page.text("#shown")).isEqualTo("5,000 sessions"));
    }

    private static void open(AdminSettings settings, Consumer<Tab> visitor) throws IOException {
        LabSuite.need(Chromium.available(), "Chromium is not here: ./verify fetches it");
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        StubReflector reflector = new StubReflector(
                IntStream.range(0, SESSIONS).mapToObj(LoneStatusPageIT::session).toList());
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (AdminServer admin = AdminServer.bind(anyPort, settings, Map.of("TOKEN", TOKEN), meters);
                Chromium browser = Chromium.start(FOLDER, List.of());
                Tab page = browser.tab()) {
            admin.serve(routes(reflector, meters));
            page.resize(1400, 1000);
            page.open("http://127.0.0.1:" + admin.address().getPort() + "/");
            visitor.accept(page);
        }
    }

    private static List<Route> routes(StubReflector reflector, PrometheusMeterRegistry meters) {
        List<Route> routes = new ArrayList<>(Api.routes(new Subject(reflector, new Health(reflector, () -> true),
                new EventJournal(100),
                new ReflectorMetrics(meters, "1.0", "0123456789ab", reflector, AdminSettings.Metrics.DEFAULT),
                "1.0", List.of(),
                () -> {
                })));
        routes.addAll(StatusPage.routes(
                new TrendRecorder(reflector::delays, reflector::sessions, InstantSource.system())));
        return routes;
    }

    /** Half of the values are as small; a machine that does something else for a moment does not count. */
    private static double median(JsonNode values) {
        double[] sorted = StreamSupport.stream(values.spliterator(), false).mapToDouble(JsonNode::asDouble).sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    @Test
    void what_is_typed_into_the_filter_is_seen_at_once() throws IOException {
        visit(page -> {
            page.screenshot(FOLDER.resolve("5000-sessions.png"));
            page.evaluate(MEASURE_KEYS);
            page.click("#filter");

            for (String letter : "node-4321".split("")) {
                JsonNode before = page.evaluate("took.length");
                page.type(letter);
                await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20))
                        .until(() -> !page.evaluate("took.length").equals(before));
            }

            assertThat(page.text("#shown")).isEqualTo("1 of 5,000 sessions");
            JsonNode took = page.evaluate("took");
            System.out.println("milliseconds from a key to the screen, with 5,000 sessions: " + took);
            assertThat(median(took)).isLessThan(FLUID_MS);
        });
    }

    @Test
    void the_list_scrolls_smoothly_and_has_only_the_rows_that_can_be_seen() throws IOException {
        visit(page -> {
            JsonNode frames = page.evaluate(MEASURE_SCROLL);

            System.out.println("milliseconds for a frame of scrolling 5,000 sessions: " + frames);
            assertThat(median(frames)).isLessThan(FLUID_MS);
            // A browser tells that something was scrolled in the frame after that.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(page.text("#list tbody")).contains("node-4999"));
            assertThat(page.evaluate("document.querySelectorAll('#list tr').length").asInt()).isLessThan(100);
        });
    }

    @Test
    void the_last_of_all_sessions_is_one_key_away() throws IOException {
        visit(page -> {
            page.evaluate("document.querySelector('#list table').focus()");
            page.press(Key.END);

            assertThat(page.text("#list tr.chosen")).contains("node-4999");
            assertThat(page.evaluate("document.querySelector('#list table').ariaRowCount").asInt())
                    .isEqualTo(SESSIONS + 1);
        });
    }

    @Test
    void where_tokens_are_asked_for_the_page_asks_its_visitor_and_keeps_it_in_its_tab_only() throws IOException {
        visitWithoutToken(page -> {
            enterToken(page);

            awaitAllSessions(page);
            assertThat(page.text("#door")).isEmpty();
            assertThat(page.evaluate("localStorage.length + document.cookie.length").asInt()).isZero();
        });
    }

    @Test
    void a_refusal_of_what_was_asked_before_the_token_does_not_ask_for_it_again() throws IOException {
        visitWithoutToken(page -> {
            page.evaluate(SEARCH_AND_WAIT);
            enterToken(page);
            awaitAllSessions(page);

            page.evaluate("arrive()");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(page.text("#answer .trouble")).contains("token"));
            assertThat(page.text("#door")).isEmpty();
        });
    }
}
