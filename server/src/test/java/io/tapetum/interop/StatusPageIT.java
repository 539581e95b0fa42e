package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.browser.Chromium;
import io.tapetum.interop.browser.Key;
import io.tapetum.interop.browser.Tab;
import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Installation;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.Neighbour;
import io.tapetum.interop.speaker.PeerKind;

/** The status page of a reflector at work, in a browser on the reflector's host. */
final class StatusPageIT extends LabSuite {

    private static final long AS = 64512;
    private static final String PAGE = "http://127.0.0.1:9179/";
    /** RFC 1997. */
    private static final String NO_ADVERTISE = "65535:65282";

    private final Host reflector = host("reflector", 1);
    private final BgpPeer first = client("node-1", 11);
    private final BgpPeer second = client("node-2", 12);
    private final BgpPeer third = client("node-3", 13);
    private @Nullable Daemon daemon;
    private @Nullable Chromium browser;

    StatusPageIT() {
        super(PeerKind.BIRD_2);
    }

    private BgpPeer client(String name, int number) {
        return kind().on(host(name, number), AS, List.of(new Neighbour(reflector.ipv4(), AS)));
    }

    @BeforeAll
    void start() {
        need(Chromium.available(), "Chromium is not here: ./verify fetches it");
        daemon = reflector.start("reflector", Installation.launcher(), "run", "--config",
                reflector.write("tapetum.conf",
                        """
                        tapetum {
                          as = %d
                          router-id = "%s"
                          restart-deferral = 0 s
                          peers = [
                            { name = node-1, address = 10.77.0.11, role = client }
                            { name = node-2, address = 10.77.0.12, role = client }
                            { name = node-3, address = 10.77.0.13, role = client }
                          ]
                        }
                        """.formatted(AS, reflector.ipv4())).toString());
        first.announce(Announcement.of("10.1.0.0/24").withLocalPref(200));
        second.announce(Announcement.of("10.1.0.0/24").withLocalPref(100));
        second.announce(Announcement.of("10.2.0.0/24").withCommunities(NO_ADVERTISE));
        first.start();
        second.start();
        browser = Chromium.start(reflector.folder().resolve("browser"), reflector.here());
        eventually(() -> {
            assertThat(first.sessionUp(reflector.ipv4())).isTrue();
            assertThat(second.sessionUp(reflector.ipv4())).isTrue();
        });
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    /** Visits the page, which must not complain of anything, nor ask anybody but the reflector. */
    private void visit(Consumer<Tab> visitor) {
        open(page -> {
            visitor.accept(page);
            assertThat(page.complaints()).isEmpty();
            assertThat(page.requests()).allMatch(url -> url.startsWith(PAGE) || url.startsWith("data:"));
        });
    }

    private void open(Consumer<Tab> visitor) {
        try (Tab page = Objects.requireNonNull(browser).tab()) {
            page.resize(1400, 1000);
            page.open(PAGE);
            visitor.accept(page);
        }
    }

    private static void awaitText(Tab page, String selector, String... parts) {
        eventually(() -> assertThat(page.text(selector)).contains(parts));
    }

    /** The row of a peer, as it is read. */
    private static String row(Tab page, String name) {
        return page.text("#list tbody tr").lines().filter(line -> line.contains(name)).findFirst().orElse("");
    }

    private static void fill(Tab page, String field, String text) {
        page.click(field);
        page.evaluate("document.querySelector('" + field + "').select()");
        page.type(text);
    }

    private void screenshot(Tab page, String name) {
        page.screenshot(reflector.folder().resolve(name + ".png"));
    }

    @Test
    void a_session_comes_and_goes_while_somebody_looks() {
        visit(page -> {
            page.evaluate("window.loaded = 'once'");
            eventually(() -> assertThat(row(page, "node-3")).isNotEmpty().doesNotContain("Established"));

            third.start();

            eventually(() -> assertThat(row(page, "node-3")).contains("Established"));
            awaitText(page, "#figures", "3 / 3");

            third.stop();

            eventually(() -> assertThat(row(page, "node-3")).doesNotContain("Established"));
            eventually(() -> assertThat(page.text("#journal li").lines())
                    .anyMatch(line -> line.contains("node-3") && line.contains("session down")));
            assertThat(page.evaluate("window.loaded").asText()).isEqualTo("once");
        });
    }

    @Test
    void a_filter_leaves_the_sessions_that_match() {
        visit(page -> {
            awaitText(page, "#shown", "3 sessions");

            fill(page, "#filter", "10.77.0.12 up");

            assertThat(page.text("#shown")).isEqualTo("1 of 3 sessions");
            assertThat(page.text("#list tbody")).contains("node-2").doesNotContain("node-1", "node-3");
        });
    }

    @Test
    void the_details_of_a_session_open_and_close_by_keyboard_alone() {
        visit(page -> {
            awaitText(page, "#shown", "3 sessions");

            page.type("/");
            page.type("node-2");
            page.press(Key.TAB);
            page.press(Key.DOWN);
            page.press(Key.ENTER);

            awaitText(page, "#details", "node-2", "10.77.0.12", "BGP Identifier", "IPv4 unicast", "received, sent");

            page.press(Key.ESCAPE);

            assertThat(page.text("#details")).isEmpty();
            assertThat(page.evaluate("document.activeElement.getAttribute('role')").asText()).isEqualTo("grid");
        });
    }

    @Test
    void a_prefix_has_all_its_paths_and_why_the_others_lost() {
        visit(page -> {
            fill(page, "#prefix", "10.1.0.0/24");
            page.press(Key.ENTER);

            awaitText(page, "#answer", "10.1.0.0/24", "2 paths", "lost: lower LOCAL_PREF");
            assertThat(page.text("#answer .best")).contains("node-1", "10.77.0.11", "200");
        });
    }

    @Test
    void a_path_that_is_only_held_for_a_client_that_is_away_says_so() {
        third.announce(Announcement.of("10.3.0.0/24"));
        third.start();
        eventually(() -> assertThat(first.route("10.3.0.0/24")).isPresent());
        third.kill();
        try {
            visit(page -> {
                eventually(() -> assertThat(row(page, "node-3")).isNotEmpty().doesNotContain("Established"));

                fill(page, "#prefix", "10.3.0.0/24");
                page.press(Key.ENTER);

                awaitText(page, "#answer .best", "best; held for", "of a lost session", "node-3");
            });
        } finally {
            third.withdraw("10.3.0.0/24");
            third.start();
            eventually(() -> assertThat(third.sessionUp(reflector.ipv4())).isTrue());
            third.stop();
        }
    }

    @Test
    void a_client_is_told_not_to_get_its_own_route() {
        visit(page -> {
            fill(page, "#prefix", "10.1.0.0/24");
            fill(page, "#peer", "node-1");
            page.press(Key.ENTER);

            awaitText(page, "#answer .verdict", "node-1", "own");
            assertThat(page.text("#answer .steps .stopped")).contains("reflection");
            page.evaluate("document.querySelector('#routes').scrollIntoView()");
            screenshot(page, "explanation");
        });
    }

    @Test
    void a_route_that_must_not_be_advertised_says_so() {
        visit(page -> {
            fill(page, "#prefix", "10.2.0.0/24");
            fill(page, "#peer", "node-1");
            page.press(Key.ENTER);

            awaitText(page, "#answer .verdict", "node-2", "no-advertise");
        });
    }

    @Test
    void it_is_light_or_dark_as_its_visitor_prefers() {
        visit(page -> {
            String background = "getComputedStyle(document.body).backgroundColor";
            awaitText(page, "#shown", "3 sessions");
            page.prefer("light");
            String light = page.evaluate(background).asText();
            screenshot(page, "light");

            page.prefer("dark");

            assertThat(page.evaluate(background).asText()).isNotEqualTo(light);
            screenshot(page, "dark");
        });
    }

    @Test
    void it_fits_the_screen_of_a_telephone() {
        visit(page -> {
            page.resize(390, 844);
            awaitText(page, "#list tbody", "node-1");

            assertThat(page.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(390);
            screenshot(page, "telephone");
        });
    }

    @Test
    void a_reflector_that_does_not_answer_is_missed_in_clear_words() {
        open(page -> {
            Daemon process = Objects.requireNonNull(daemon);
            awaitText(page, "#shown", "3 sessions");

            process.freeze();
            try {
                awaitText(page, "#silence", "The reflector does not answer", "Trying again", "Last answer");
            } finally {
                process.thaw();
            }

            eventually(() -> assertThat(page.text("#silence")).isEmpty());
        });
    }
}
