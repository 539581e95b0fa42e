package io.tapetum.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.journal.JournalQuery.Order;

/** Which events are kept, and who is shown which of them. */
class EventJournalTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final EventJournal journal = new EventJournal(100);

    private void add(String text) {
        add(Severity.INFO, "process", null, null, text);
    }

    private void add(Severity severity, String kind, @Nullable String peer, @Nullable String address, String text) {
        journal.add(NOON, severity, kind, peer, address, text, Map.of());
    }

    private void addNumbered(int count) {
        for (int i = 1; i <= count; i++) {
            add("event " + i);
        }
    }

    private static JournalQuery after(long sequence, int limit) {
        return new JournalQuery(sequence, Long.MAX_VALUE, limit, null, Severity.INFO, null, Order.OLDEST_FIRST);
    }

    private static JournalQuery newestBefore(long sequence, int limit) {
        return new JournalQuery(0, sequence, limit, null, Severity.INFO, null, Order.NEWEST_FIRST);
    }

    private List<String> texts(JournalQuery query) {
        return journal.entries(query).entries().stream().map(JournalEntry::text).toList();
    }

    private List<String> textsOf(@Nullable String peer, Severity atLeast, @Nullable String kind) {
        return texts(new JournalQuery(0, Long.MAX_VALUE, 1000, peer, atLeast, kind, Order.OLDEST_FIRST));
    }

    private List<Long> sequences(JournalQuery query) {
        return journal.entries(query).entries().stream().map(JournalEntry::sequence).toList();
    }

    @Test
    void an_event_is_kept_with_all_that_is_known_of_it() {
        journal.add(NOON, Severity.WARN, "session-down", "spine-1", "10.0.0.2", "peer spine-1 is down",
                Map.of("uptimeSeconds", "7"));

        assertThat(journal.entries(after(0, 1)).entries()).containsExactly(new JournalEntry(1, NOON, Severity.WARN,
                "session-down", "spine-1", "10.0.0.2", "peer spine-1 is down", Map.of("uptimeSeconds", "7")));
    }

    @Test
    void an_empty_journal_has_no_event_and_says_so() {
        assertThat(journal.entries(after(0, 10))).isEqualTo(new JournalPage(List.of(), false, 1, 0));
        assertThat(journal.entries(after(0, 10)).missedAfter(0)).isZero();
    }

    @Test
    void events_come_in_their_order_or_the_newest_first() {
        addNumbered(3);

        assertThat(texts(after(0, 10))).containsExactly("event 1", "event 2", "event 3");
        assertThat(texts(newestBefore(Long.MAX_VALUE, 10))).containsExactly("event 3", "event 2", "event 1");
    }

    @Test
    void a_reader_that_follows_goes_on_after_what_it_has_seen() {
        addNumbered(5);

        JournalPage first = journal.entries(after(0, 2));
        assertThat(first.more()).isTrue();
        assertThat(first.last()).isEqualTo(5);
        JournalPage second = journal.entries(after(first.entries().getLast().sequence(), 3));

        assertThat(second.entries()).extracting(JournalEntry::sequence).containsExactly(3L, 4L, 5L);
        assertThat(second.more()).isFalse();
        assertThat(sequences(after(5, 10))).isEmpty();
    }

    @Test
    void a_reader_that_looks_back_goes_on_before_what_it_has_seen() {
        addNumbered(5);

        assertThat(sequences(newestBefore(Long.MAX_VALUE, 2))).containsExactly(5L, 4L);
        assertThat(sequences(newestBefore(4, 2))).containsExactly(3L, 2L);
        assertThat(sequences(newestBefore(2, 2))).containsExactly(1L);
        assertThat(sequences(newestBefore(1, 2))).isEmpty();
    }

    @Test
    void the_oldest_go_when_there_are_too_many() {
        addNumbered(1234);

        JournalPage page = journal.entries(after(0, 1000));

        assertThat(page.entries()).hasSize(100).first().extracting(JournalEntry::text).isEqualTo("event 1135");
        assertThat(page.oldest()).isEqualTo(1135);
        assertThat(page.last()).isEqualTo(1234);
        assertThat(page.entries().getLast().text()).isEqualTo("event 1234");
    }

    @Test
    void a_reader_is_told_how_many_events_it_has_missed() {
        addNumbered(150);

        JournalPage page = journal.entries(after(20, 10));

        assertThat(page.entries().getFirst().sequence()).isEqualTo(51);
        assertThat(page.missedAfter(20)).isEqualTo(30);
        assertThat(page.missedAfter(50)).isZero();
        assertThat(page.missedAfter(60)).isZero();
    }

    @Test
    void who_asks_after_an_event_of_a_process_before_this_one_sees_that_numbers_have_begun_anew() {
        addNumbered(3);

        for (long sequence : new long[]{4, 5000, Long.MAX_VALUE}) {
            JournalPage page = journal.entries(after(sequence, 10));
            assertThat(page.entries()).isEmpty();
            assertThat(page.last()).isEqualTo(3);
        }
    }

    @Test
    void the_oldest_go_when_their_texts_take_too_much_too() {
        String longText = "x".repeat(EventJournal.TEXT);
        for (int i = 0; i < 100; i++) {
            add(longText);
        }

        JournalPage page = journal.entries(after(0, 1000));

        long octets = (EventJournal.TEXT + "process".length()) * 2L;
        assertThat(page.entries()).hasSize((int) (100L * EventJournal.OCTETS_PER_EVENT / octets));
        assertThat(page.oldest()).isEqualTo(101 - page.entries().size());
        assertThat(page.last()).isEqualTo(100);
    }

    @Test
    void details_count_as_text_and_there_is_room_again_when_long_ones_are_gone() {
        Map<String, String> details = new HashMap<>();
        for (int i = 0; i < EventJournal.DETAILS; i++) {
            details.put("detail" + i, "x".repeat(EventJournal.DETAIL));
        }
        for (int i = 0; i < 100; i++) {
            journal.add(NOON, Severity.INFO, "process", null, null, "long", details);
        }
        assertThat(textsOf(null, Severity.INFO, null)).hasSizeLessThan(10);

        addNumbered(100);

        assertThat(textsOf(null, Severity.INFO, null)).hasSize(100).doesNotContain("long");
    }

    @Test
    void the_newest_is_kept_however_long_it_is() {
        EventJournal small = new EventJournal(1);
        small.add(NOON, Severity.INFO, "process", null, null, "x".repeat(100_000), Map.of());

        assertThat(small.entries(after(0, 10)).entries()).hasSize(1);
    }

    @Test
    void events_are_found_by_the_peers_name_or_its_address_in_any_notation() {
        add(Severity.INFO, "session-up", "spine-1", "10.0.0.2", "up 1");
        add(Severity.INFO, "session-up", "spine-2", "2001:db8:0:0:0:0:0:2", "up 2");
        add("running");

        assertThat(textsOf("spine-1", Severity.INFO, null)).containsExactly("up 1");
        assertThat(textsOf("10.0.0.2", Severity.INFO, null)).containsExactly("up 1");
        assertThat(textsOf("2001:DB8::2", Severity.INFO, null)).containsExactly("up 2");
        assertThat(textsOf("spine", Severity.INFO, null)).isEmpty();
        assertThat(textsOf("a\nb:::1/7", Severity.INFO, null)).isEmpty();
    }

    @Test
    void events_are_found_by_severity_and_kind() {
        add(Severity.INFO, "session-up", null, null, "up");
        add(Severity.WARN, "session-down", null, null, "down");
        add(Severity.ERROR, "keys", null, null, "no key");

        assertThat(textsOf(null, Severity.WARN, null)).containsExactly("down", "no key");
        assertThat(textsOf(null, Severity.ERROR, null)).containsExactly("no key");
        assertThat(textsOf(null, Severity.INFO, "session-up")).containsExactly("up");
        assertThat(textsOf(null, Severity.WARN, "session-up")).isEmpty();
        assertThat(textsOf(null, Severity.INFO, "no-such-kind")).isEmpty();
    }

    @Test
    void only_what_is_wanted_counts_towards_the_limit() {
        for (int i = 1; i <= 10; i++) {
            add(i % 2 == 0 ? Severity.WARN : Severity.INFO, "process", null, null, "event " + i);
        }

        JournalPage page = journal
                .entries(new JournalQuery(0, 10, 4, null, Severity.WARN, null, Order.OLDEST_FIRST));

        assertThat(page.entries()).extracting(JournalEntry::sequence).containsExactly(2L, 4L, 6L, 8L);
        assertThat(page.more()).as("10 is not before 10").isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001, Integer.MAX_VALUE})
    void a_limit_out_of_range_is_refused(int limit) {
        assertThatThrownBy(() -> after(0, limit)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the limit has to be from 1 to 1000");
    }

    @Test
    void numbers_that_no_event_has_are_refused() {
        assertThatThrownBy(() -> after(-1, 1)).hasMessageContaining("after has to be 0 or a sequence number");
        assertThatThrownBy(() -> newestBefore(0, 1)).hasMessageContaining("before has to be a sequence number");
    }

    @Test
    void what_a_peer_says_is_one_line_that_can_only_be_read() {
        journal.add(NOON, Severity.INFO, "process", "a\nb", "\u001b[2J",
                "bye\r\n2026 INFO \u0000\u009b31m \u202edellik\u2028 \ud800 \ud83d\ude00", Map.of("wh\ny", "a\tb"));

        assertThat(journal.entries(after(0, 1)).entries()).containsExactly(new JournalEntry(1, NOON, Severity.INFO,
                "process", "a b", " [2J", "bye  2026 INFO   31m  dellik    \ud83d\ude00", Map.of("wh y", "a b")));
    }

    @Test
    void long_texts_are_cut_but_no_character_is_halved() {
        journal.add(NOON, Severity.INFO, "process", "p".repeat(1000), null, "\ud83d\ude00".repeat(5000),
                Map.of("k".repeat(1000), "v".repeat(1000)));

        JournalEntry entry = journal.entries(after(0, 1)).entries().getFirst();
        assertThat(entry.peer()).hasSize(EventJournal.NAME).endsWith("p...");
        assertThat(entry.text()).hasSizeLessThanOrEqualTo(EventJournal.TEXT).endsWith(" ...")
                .startsWith("\ud83d\ude00");
        assertThat(entry.text().codePoints()).noneMatch(point -> Character.getType(point) == Character.SURROGATE);
        assertThat(entry.details()).hasSize(1).allSatisfy((name, value) -> {
            assertThat(name).hasSize(EventJournal.NAME);
            assertThat(value).hasSize(EventJournal.DETAIL);
        });
    }

    @Test
    void of_very_many_details_the_first_are_kept() {
        Map<String, String> details = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            details.put("detail" + i, "");
        }
        journal.add(NOON, Severity.INFO, "process", null, null, "many", details);

        assertThat(journal.entries(after(0, 1)).entries().getFirst().details()).hasSize(EventJournal.DETAILS)
                .containsKeys("detail0", "detail15");
    }

    @Test
    void who_pages_while_many_write_sees_every_event_once_and_in_order() throws Exception {
        int writers = 8;
        int each = 5000;
        EventJournal shared = new EventJournal(writers * each);
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger writing = new AtomicInteger(writers);
        List<JournalEntry> seen = new ArrayList<>();

        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String name = "writer" + writer;
                ends.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < each; i++) {
                        shared.add(NOON, Severity.INFO, "process", name, null, String.valueOf(i), Map.of());
                    }
                    writing.decrementAndGet();
                    return null;
                }));
            }
            start.countDown();
            boolean written;
            JournalPage page;
            do {
                written = writing.get() == 0; // before the page is read, which then has the last of it
                page = shared.entries(after(seen.size(), 777));
                assertThat(page.missedAfter(seen.size())).isZero();
                seen.addAll(page.entries());
            } while (page.more() || !written);
            for (Future<?> end : ends) {
                end.get();
            }
        }

        assertThat(seen).hasSize(writers * each);
        Map<String, Integer> next = new HashMap<>();
        for (int i = 0; i < seen.size(); i++) {
            JournalEntry entry = seen.get(i);
            assertThat(entry.sequence()).isEqualTo(i + 1);
            assertThat(entry.text())
                    .isEqualTo(String.valueOf(next.merge(String.valueOf(entry.peer()), 1, Integer::sum) - 1));
        }
    }

    @Test
    void a_reader_that_is_overtaken_knows_exactly_how_much_it_has_not_seen() throws Exception {
        int events = 200_000;
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> writer = thread.submit(() -> addNumbered(events));
            long seen = 0;
            long missed = 0;
            long at = 0;
            while (at < events) {
                JournalPage page = journal.entries(after(at, 10));
                missed += page.missedAfter(at);
                for (JournalEntry entry : page.entries()) {
                    assertThat(entry.text()).isEqualTo("event " + entry.sequence());
                    assertThat(entry.sequence()).isGreaterThan(at);
                    at = entry.sequence();
                    seen++;
                }
            }
            writer.get();

            assertThat(seen + missed).isEqualTo(events);
            assertThat(Collections.max(sequences(newestBefore(Long.MAX_VALUE, 1)))).isEqualTo(events);
        }
    }
}
