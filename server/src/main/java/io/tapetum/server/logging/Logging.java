package io.tapetum.server.logging;

import java.util.List;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

import io.tapetum.server.config.LogSettings;
import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.journal.OneLine;

/** Sets up the log of the process. */
public final class Logging {

    /**
     * Control characters are replaced, because some text comes from peers (a shutdown communication, say) and must not
     * look like a line of ours. A stack trace follows on lines of its own.
     */
    private static final String TEXT_LINE = "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSS'Z'\", UTC} %-5level" + " %replace(%msg){'"
            + OneLine.HIDDEN + "', ' '}%n%ex";

    /** What this program itself logs; everything else comes from libraries. */
    private static final List<String> OWN = List.of("tapetum", "io.tapetum");

    /** How many events may wait for a slow reader of standard output. */
    private static final int QUEUE = 8192;

    /** How long the end of the process waits for them. */
    private static final int FLUSH_MILLIS = 2000;

    private Logging() {}

    /**
     * Replaces whatever was set up before. Events are handed to a thread that writes them: an event loop must not stand
     * still because nobody reads standard output. If that lasts until the queue is full, events are lost.
     *
     * @param journal keeps what this program logs of level INFO and above, whatever is written
     */
    public static void configure(LogSettings settings, EventJournal journal) {
        configure(context(), settings, journal);
    }

    static void configure(LoggerContext context, LogSettings settings, EventJournal journal) {
        Level level = Level.convertAnSLF4JLevel(settings.level());
        context.reset();
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(context);
        queue.setName("queue");
        queue.setQueueSize(QUEUE);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(FLUSH_MILLIS);
        queue.addFilter(atLeast(level));
        queue.addAppender(standardOutput(context, settings.format()));
        queue.start();
        apply(context, level, queue);
        keep(context, level, journal);
    }

    /** Lets our own loggers make what the journal wants, even if it is not to be written. */
    private static void keep(LoggerContext context, Level written, EventJournal journal) {
        JournalAppender appender = new JournalAppender(journal);
        appender.setContext(context);
        appender.setName("journal");
        appender.addFilter(atLeast(Level.INFO));
        appender.start();
        for (String name : OWN) {
            Logger logger = context.getLogger(name);
            logger.setLevel(written.isGreaterOrEqual(Level.INFO) ? Level.INFO : written);
            logger.addAppender(appender);
        }
    }

    private static ThresholdFilter atLeast(Level level) {
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(level.toString());
        filter.start();
        return filter;
    }

    /** Writes what is waiting. What is logged afterwards is lost. */
    public static void stop() {
        context().stop();
    }

    /** For the time before the settings are known, and for tests: warnings are worth seeing, and nothing waits. */
    static void configureDefault(LoggerContext context) {
        apply(context, Level.INFO, standardOutput(context, LogSettings.Format.TEXT));
    }

    private static LoggerContext context() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (factory instanceof LoggerContext context) {
            return context;
        }
        throw new IllegalStateException("SLF4J is bound to " + factory.getClass().getName() + ", not to Logback");
    }

    private static void apply(LoggerContext context, Level level, Appender<ILoggingEvent> appender) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        // Below that libraries write what they send and receive, and the password for etcd is among it.
        root.setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
        root.addAppender(appender);
        // Netty tells how it found its native parts, and more; whoever debugs a session does not want to know.
        context.getLogger("io.netty").setLevel(Level.WARN);
        context.getLogger("jdk").setLevel(Level.WARN);
    }

    private static Appender<ILoggingEvent> standardOutput(LoggerContext context, LogSettings.Format format) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stdout");
        appender.setEncoder(encoder(context, format));
        appender.start();
        return appender;
    }

    static Encoder<ILoggingEvent> encoder(LoggerContext context, LogSettings.Format format) {
        Encoder<ILoggingEvent> encoder = switch (format) {
            case TEXT -> text();
            case JSON -> json();
        };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(TEXT_LINE);
        return encoder;
    }

    private static Encoder<ILoggingEvent> json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithContext(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithMDC(false);
        encoder.setWithMarkers(false);
        return encoder;
    }
}
