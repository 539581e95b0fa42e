package io.tapetum.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

import io.tapetum.server.config.LogSettings;

class LoggingTest {

    private final LoggerContext context = new LoggerContext();

    private LoggingEvent event(String message, Object... arguments) {
        LoggingEvent event = new LoggingEvent("test", context.getLogger("io.tapetum.server"), Level.INFO, message, null,
                arguments);
        event.setInstant(Instant.parse("2026-11-20T12:00:00.123Z"));
        return event;
    }

    private String line(LogSettings.Format format, LoggingEvent event) {
        return new String(Logging.encoder(context, format).encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void a_text_line_has_time_level_and_the_sentence() {
        assertThat(line(LogSettings.Format.TEXT, event("peer {} ({}) established: hold 90 s", "10.0.0.1", "nodes")))
                .isEqualTo("2026-11-20T12:00:00.123Z INFO  peer 10.0.0.1 (nodes) established: hold 90 s\n");
    }

    @Test
    void what_a_peer_says_cannot_look_like_a_line_of_ours() {
        assertThat(line(LogSettings.Format.TEXT, event("peer says: {}", "bye\n2026 INFO  \u001b[2Jall is well")))
                .endsWith("peer says: bye 2026 INFO   [2Jall is well\n").hasLineCount(1);
    }

    @Test
    void a_stack_trace_follows_its_line() {
        LoggingEvent event = event("a fault");
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("why")));

        assertThat(line(LogSettings.Format.TEXT, event)).startsWith("2026-11-20T12:00:00.123Z INFO  a fault\n")
                .containsOnlyOnce("java.lang.IllegalStateException: why").contains("\tat ");
    }

    @Test
    void a_json_line_has_the_sentence_and_its_facts() {
        LoggingEvent event = event("peer {} established", "10.0.0.1");
        event.setKeyValuePairs(List.of(new KeyValuePair("peer", "10.0.0.1"), new KeyValuePair("hold-seconds", 90)));

        String line = line(LogSettings.Format.JSON, event);

        assertThat(line).hasLineCount(1).endsWith("\n");
        Config json = ConfigFactory.parseString(line);
        assertThat(json.getString("formattedMessage")).isEqualTo("peer 10.0.0.1 established");
        assertThat(json.getString("level")).isEqualTo("INFO");
        assertThat(json.getLong("timestamp")).isEqualTo(Instant.parse("2026-11-20T12:00:00.123Z").toEpochMilli());
        assertThat((Object) json.getList("kvpList").unwrapped()).isEqualTo(List.of(Map.of("peer", "10.0.0.1"),
                Map.of("hold-seconds", "90")));
    }

    @Test
    void netty_is_quiet_even_before_the_settings_are_known() {
        Logging.configureDefault(context);

        assertThat(context.getLogger("io.netty.channel").isDebugEnabled()).isFalse();
        assertThat(context.getLogger("io.tapetum").isInfoEnabled()).isTrue();
        assertThat(context.getLogger("io.tapetum").isDebugEnabled()).isFalse();
    }
}
