package io.tapetum.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import io.tapetum.server.config.LogSettings;
import io.tapetum.server.config.LogSettings.Format;
import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.journal.EventKind;
import io.tapetum.server.journal.JournalEntry;
import io.tapetum.server.journal.JournalQuery;
import io.tapetum.server.journal.Severity;

/** What of the log is written, and what is kept in the journal. */
class JournalLoggingTest {

    private final LoggerContext context = new LoggerContext();
    private final EventJournal journal = new EventJournal(100);
    private final PrintStream standardOutput = System.out;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** Threads of other tests may still have something to tell, and would write it here. */
    private final ch.qos.logback.classic.Logger others = ((LoggerContext) LoggerFactory.getILoggerFactory())
            .getLogger(Logger.ROOT_LOGGER_NAME);
    private final ch.qos.logback.classic.Level levelOfOthers = others.getLevel();

    private void configure(Level level, Format format) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.start();
        others.setLevel(ch.qos.logback.classic.Level.OFF);
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        Logging.configure(context, new LogSettings(level, format), journal);
    }

    @AfterEach
    void restore() {
        context.stop();
        System.setOut(standardOutput);
        others.setLevel(levelOfOthers);
    }

    private List<JournalEntry> kept() {
        return journal.entries(new JournalQuery(0, Long.MAX_VALUE, 1000, null, Severity.INFO, null,
                JournalQuery.Order.OLDEST_FIRST)).entries();
    }

    /** Without the times. Stops the log, so that everything is written. */
    private List<String> writtenLines() {
        context.stop();
        return written.toString(StandardCharsets.UTF_8).lines().map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    private static void logOneOfEach(Logger logger) {
        logger.trace("a trace");
        logger.debug("a detail");
        logger.info("an event");
        logger.warn("a warning");
        logger.error("an error");
    }

    @ParameterizedTest
    @EnumSource
    void whatever_is_written_the_journal_keeps_info_and_above(Level level) {
        configure(level, Format.TEXT);

        logOneOfEach(context.getLogger("tapetum"));

        assertThat(kept()).extracting(entry -> entry.severity() + " " + entry.text()).containsExactly("INFO an event",
                "WARN a warning", "ERROR an error");
        assertThat(writtenLines()).isEqualTo(Stream.of("TRACE a trace", "DEBUG a detail", "INFO  an event",
                "WARN  a warning", "ERROR an error")
                .filter(line -> Level.valueOf(line.substring(0, 5).strip()).toInt() >= level.toInt()).toList());
    }

    /** The client of etcd writes its messages at DEBUG, and a password is in one of them. */
    @ParameterizedTest
    @EnumSource(names = {"DEBUG", "TRACE"})
    void what_libraries_send_and_receive_is_never_written(Level level) {
        configure(level, Format.TEXT);

        logOneOfEach(context.getLogger("io.grpc.netty.NettyClientHandler"));

        assertThat(writtenLines()).containsExactly("INFO  an event", "WARN  a warning", "ERROR an error");
    }

    @ParameterizedTest
    @EnumSource
    void what_libraries_log_is_written_but_not_kept(Level level) {
        configure(level, Format.TEXT);

        for (String name : List.of("io.netty.channel", "jdk.event.security", "io.fabric8.kubernetes", "io.grpc",
                "io.tapetumlike", "tapetumlike")) {
            logOneOfEach(context.getLogger(name));
        }

        assertThat(kept()).isEmpty();
        assertThat(context.getLogger("io.grpc").isInfoEnabled()).isEqualTo(level.toInt() <= Level.INFO.toInt());
        assertThat(writtenLines()).contains("ERROR an error");
    }

    @Test
    void an_event_has_what_the_line_has() {
        configure(Level.WARN, Format.TEXT);
        Instant before = Instant.now();

        context.getLogger("io.tapetum.server.keys.WatchedKeyring").atInfo().addKeyValue("peer", "spine-1")
                .addKeyValue("address", "10.0.0.2").addKeyValue("count", 7).log("{} keys {}", 7, "changed");

        assertThat(kept()).singleElement().satisfies(entry -> {
            assertThat(entry.text()).isEqualTo("7 keys changed");
            assertThat(entry.time()).isBetween(before.minus(Duration.ofMillis(1)), Instant.now());
            assertThat(entry.kind()).isEqualTo("keys");
            assertThat(entry.peer()).isEqualTo("spine-1");
            assertThat(entry.address()).isEqualTo("10.0.0.2");
            assertThat(entry.details()).isEqualTo(Map.of("count", "7"));
        });
    }

    @Test
    void a_line_may_say_of_which_kind_it_is() {
        configure(Level.INFO, Format.TEXT);

        context.getLogger("tapetum").atInfo().addKeyValue(EventKind.KEY, EventKind.DATASTORE).log("all has been read");

        assertThat(kept()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo("datastore");
            assertThat(entry.details()).isEmpty();
        });
        assertThat(writtenLines()).as("in text the kind is not written").containsExactly("INFO  all has been read");
    }

    @Test
    void in_json_the_kind_is_written_too() {
        configure(Level.INFO, Format.JSON);

        context.getLogger("tapetum").atInfo().addKeyValue(EventKind.KEY, EventKind.SESSION_UP).log("up");

        context.stop();
        Config json = ConfigFactory.parseString(written.toString(StandardCharsets.UTF_8));
        assertThat((Object) json.getList("kvpList").unwrapped()).isEqualTo(List.of(Map.of("event", "session-up")));
    }

    @Test
    void of_a_stack_trace_only_the_first_line_is_kept() {
        configure(Level.INFO, Format.TEXT);

        context.getLogger("tapetum").atError().setCause(new IllegalStateException("a\nb")).log("a fault");

        assertThat(kept()).singleElement().satisfies(entry -> {
            assertThat(entry.text()).isEqualTo("a fault");
            assertThat(entry.details()).isEqualTo(Map.of("cause", "java.lang.IllegalStateException: a b"));
        });
    }

    @Test
    void what_a_peer_says_is_the_same_harmless_text_in_both() {
        configure(Level.INFO, Format.TEXT);

        context.getLogger("tapetum").info("peer says: {}", "bye\n2026 INFO  \u001b[2J\u009b2J all \u202eis\u2028 well");

        String harmless = "peer says: bye 2026 INFO   [2J 2J all  is  well";
        assertThat(kept()).extracting(JournalEntry::text).containsExactly(harmless);
        assertThat(writtenLines()).containsExactly("INFO  " + harmless);
    }

    @Test
    void a_reconfigured_log_keeps_in_the_new_journal_only() {
        configure(Level.INFO, Format.TEXT);
        EventJournal other = new EventJournal(100);
        Logging.configure(context, new LogSettings(Level.DEBUG, Format.TEXT), other);

        context.getLogger("tapetum").info("an event");

        assertThat(kept()).isEmpty();
    }
}
