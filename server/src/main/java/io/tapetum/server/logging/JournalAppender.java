package io.tapetum.server.logging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.journal.EventKind;
import io.tapetum.server.journal.Severity;

/**
 * Puts what is logged into the journal, on the thread that logs. Of what was thrown only the first line is kept, as the
 * detail {@code cause}. The journal is thread-safe, so this needs no lock of its own.
 */
final class JournalAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final EventJournal journal;

    JournalAppender(EventJournal journal) {
        this.journal = journal;
    }

    @Override
    protected void append(ILoggingEvent event) {
        Map<String, String> facts = facts(event);
        @Nullable
        String kind = facts.remove(EventKind.KEY);
        @Nullable
        String peer = facts.remove("peer");
        @Nullable
        String address = facts.remove("address");
        journal.add(event.getInstant(), severity(event.getLevel()),
                kind != null ? kind : EventKind.ofLogger(event.getLoggerName()).label(), peer, address,
                event.getFormattedMessage(), facts);
    }

    private static Map<String, String> facts(ILoggingEvent event) {
        Map<String, String> facts = new LinkedHashMap<>();
        @Nullable
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> facts.put(pair.key, String.valueOf(pair.value)));
        }
        @Nullable
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            facts.put("cause", thrown.getClassName() + ": " + thrown.getMessage());
        }
        return facts;
    }

    private static Severity severity(Level level) {
        return level.isGreaterOrEqual(Level.ERROR)
                ? Severity.ERROR
                : level.isGreaterOrEqual(Level.WARN) ? Severity.WARN : Severity.INFO;
    }
}
