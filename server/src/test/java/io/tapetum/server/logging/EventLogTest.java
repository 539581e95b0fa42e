package io.tapetum.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.event.Refusal;
import io.tapetum.core.fsm.DownReason;
import io.tapetum.server.journal.EventKind;

/** Which lines come of what the reflector reports. */
class EventLogTest {

    private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");

    private final Logger logger = (Logger) LoggerFactory.getLogger("tapetum");
    private final ListAppender<ILoggingEvent> lines = new OwnLines();

    /** Without what other tests' reflectors have still to tell, on threads of theirs. */
    private static final class OwnLines extends ListAppender<ILoggingEvent> {

        private final Thread own = Thread.currentThread();

        @Override
        protected void append(ILoggingEvent line) {
            if (Thread.currentThread().equals(own)) {
                super.append(line);
            }
        }
    }

    private final List<Runnable> afterInterval = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;
    private final EventLog log = new EventLog(afterInterval::add, () -> elapsed.toNanos());

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        logger.setLevel(null);
        logger.detachAppender(lines);
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            log.accept(new ReflectorEvent.ConnectionRefused(STRANGER, new Refusal.UnknownSource()));
        }
    }

    private void passInterval() {
        assertThat(afterInterval).hasSize(1);
        elapsed = elapsed.plus(RepeatedEvents.INTERVAL);
        afterInterval.removeFirst().run();
    }

    private List<String> sentences() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Map<String, String> facts(ILoggingEvent line) {
        Map<String, String> facts = new LinkedHashMap<>();
        line.getKeyValuePairs().forEach(pair -> facts.put(pair.key, String.valueOf(pair.value)));
        return facts;
    }

    /** A new type of event has to be added to the samples, and so to what follows. */
    @Test
    void the_samples_have_every_type_of_event() {
        Set<Class<?>> types = concrete(ReflectorEvent.class).collect(Collectors.toSet());

        assertThat(SampleEvents.all()).extracting(Object::getClass).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(types);
    }

    private static Stream<Class<?>> concrete(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventLogTest::concrete)
                : Stream.of(type);
    }

    @Test
    void every_event_is_one_line_that_says_its_kind_and_whose_it_is() {
        for (ReflectorEvent event : SampleEvents.all()) {
            lines.list.clear();

            log.accept(event);

            assertThat(lines.list).as("%s", event).singleElement().satisfies(line -> {
                assertThat(facts(line)).containsEntry("event", EventKind.of(event).label());
                if (event instanceof ReflectorEvent.OfPeer ofPeer) {
                    assertThat(facts(line)).containsEntry("peer", ofPeer.peer().name()).containsEntry("address",
                            ofPeer.peer().address().getHostAddress());
                    assertThat(line.getFormattedMessage()).startsWith("peer spine-1 (10.0.0.2) of spines");
                } else {
                    assertThat(facts(line)).containsEntry("address", "192.0.2.1");
                }
            });
        }
    }

    @Test
    void no_two_types_of_events_have_the_same_kind() {
        assertThat(SampleEvents.all()).extracting(EventKind::of).doesNotHaveDuplicates();
    }

    @Test
    void sentences_say_what_happened() {
        SampleEvents.all().forEach(log);

        assertThat(sentences()).extracting(line -> line.replace("peer spine-1 (10.0.0.2) of spines", "P"))
                .containsExactly("P: IDLE to ACTIVE",
                        "P is up: AS 64512, id 10.0.0.2, IPv4+IPv6, hold time 90 s, extended messages",
                        "P is down after 7 min 0 s: TCP connection closed or lost without a NOTIFICATION",
                        "P: no session: nobody answers (once)", "P has the whole IPv6 table",
                        "P: malformed UPDATE: ORIGIN is 7 (its routes count as withdrawn) (once)",
                        "P: IPv4 is ignored until the session is reset: ORIGIN is 7 (its routes count as withdrawn)"
                                + " (once)",
                        "P: 80 IPv4 paths accepted, the limit is 100 (once)",
                        "connection from 192.0.2.1 refused: no peer and no dynamic range has this address. If it belongs"
                                + " to a peer, look for what changes the source on the way: SNAT, kube-proxy, or"
                                + " sourceAddress: None in the node's BGPPeer");
    }

    @Test
    void the_first_is_told_at_once_and_the_others_when_the_interval_is_over() {
        refuse(1000);
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).startsWith("connection from 192.0.2.1 refused: no peer");
            assertThat(facts(line)).isEqualTo(Map.of("event", "connection-refused", "address", "192.0.2.1"));
        });

        passInterval();

        assertThat(lines.list).hasSize(2).last().satisfies(line -> {
            assertThat(line.getFormattedMessage())
                    .startsWith("999 connections refused in 30 s from 192.0.2.1: no peer");
            assertThat(facts(line))
                    .isEqualTo(Map.of("event", "connection-refused", "address", "192.0.2.1", "count", "999"));
        });
    }

    @Test
    void an_interval_with_nothing_more_to_tell_tells_nothing_and_the_next_begins_with_the_next_refusal() {
        refuse(1);
        passInterval();
        assertThat(afterInterval).isEmpty();

        refuse(1);
        passInterval();

        assertThat(sentences()).hasSize(2).last().asString()
                .startsWith("1 connection refused in 30 s from 192.0.2.1");
    }

    @Test
    void what_a_peer_does_wrong_over_and_over_is_counted_and_told_even_if_it_stops() {
        for (int i = 0; i < 1000; i++) {
            log.accept(SampleEvents.malformed("10.0.0.2"));
        }
        assertThat(sentences()).singleElement().asString().startsWith("peer 10.0.0.2: malformed UPDATE: ORIGIN is 7");

        passInterval();

        assertThat(lines.list).hasSize(2).last().satisfies(line -> {
            assertThat(line.getFormattedMessage())
                    .startsWith("peer 10.0.0.2: malformed UPDATE, again (999 times since ");
            assertThat(facts(line)).isEqualTo(
                    Map.of("event", "malformed-update", "peer", "10.0.0.2", "address", "10.0.0.2"));
        });
        assertThat(afterInterval).as("nothing is left to be told").isEmpty();
    }

    @Test
    void what_is_counted_while_the_rest_is_told_is_told_an_interval_later() {
        log.accept(SampleEvents.malformed("10.0.0.2"));
        elapsed = Duration.ofSeconds(20);
        log.accept(SampleEvents.malformed("10.0.0.2"));
        log.accept(SampleEvents.malformed("10.0.0.3"));
        log.accept(SampleEvents.malformed("10.0.0.3"));
        elapsed = Duration.ofSeconds(10);

        passInterval();
        assertThat(sentences()).hasSize(3).last().asString()
                .startsWith("peer 10.0.0.2: malformed UPDATE, again (once)");
        passInterval();

        assertThat(sentences()).hasSize(4).last().asString()
                .startsWith("peer 10.0.0.3: malformed UPDATE, again (once)");
        assertThat(afterInterval).isEmpty();
    }

    @Test
    void another_reason_each_time_does_not_get_a_peer_more_lines() {
        for (int i = 0; i < 1000; i++) {
            log.accept(SampleEvents.failed("10.0.0.2", "NOTIFICATION received: Cease: \"" + i + '"'));
        }

        assertThat(sentences()).hasSize(1);
    }

    @Test
    void a_session_that_comes_and_goes_gets_some_lines_and_then_one_in_an_interval() {
        for (int i = 0; i < 50; i++) {
            log.accept(SampleEvents.up("10.0.0.2"));
            log.accept(SampleEvents.down("10.0.0.2", new DownReason.ConnectionLost()));
        }
        assertThat(lines.list).hasSize(FlapDigest.LINES);

        passInterval();

        assertThat(lines.list).hasSize(FlapDigest.LINES + 1).last().satisfies(line -> {
            assertThat(line.getFormattedMessage())
                    .startsWith("peer 10.0.0.2 came up 50 times and went down 50 times in 30 s");
            assertThat(facts(line)).isEqualTo(Map.of("event", "session-flapping", "peer", "10.0.0.2", "address",
                    "10.0.0.2", "ups", "50", "downs", "50"));
        });
    }
}
