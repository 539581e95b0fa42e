package io.tapetum.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.event.Refusal;

/** Which lines come of connections that are refused. */
class EventLogTest {

    private static final InetAddress STRANGER = InetAddress.ofLiteral("192.0.2.1");

    private final Logger logger = (Logger) LoggerFactory.getLogger("tapetum");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final List<Runnable> afterInterval = new ArrayList<>();
    private final EventLog log = new EventLog(afterInterval::add);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            log.accept(new ReflectorEvent.ConnectionRefused(STRANGER, new Refusal.UnknownSource()));
        }
    }

    private void passInterval() {
        assertThat(afterInterval).hasSize(1);
        afterInterval.removeFirst().run();
    }

    @Test
    void the_first_is_told_at_once_and_the_others_when_the_interval_is_over() {
        refuse(1000);
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).startsWith("connection from 192.0.2.1 refused: no peer");
            assertThat(line.getKeyValuePairs()).extracting(pair -> pair.key + " " + pair.value)
                    .containsExactly("address 192.0.2.1");
        });

        passInterval();

        assertThat(lines.list).hasSize(2).last().satisfies(line -> assertThat(line.getFormattedMessage())
                .startsWith("999 connections refused in 30 s from 192.0.2.1: no peer"));
    }

    @Test
    void an_interval_with_nothing_more_to_tell_tells_nothing_and_the_next_begins_with_the_next_refusal() {
        refuse(1);
        passInterval();
        assertThat(afterInterval).isEmpty();

        refuse(1);
        passInterval();

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).hasSize(2).last().asString()
                .startsWith("1 connection refused in 30 s from 192.0.2.1");
    }
}
