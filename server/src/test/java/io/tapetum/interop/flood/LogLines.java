package io.tapetum.interop.flood;

import java.util.concurrent.atomic.LongAdder;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** Counts what is logged, those of stack traces included, until it is closed. */
final class LogLines implements AutoCloseable {

    private final LongAdder lines = new LongAdder();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getThrowableProxy() == null
                    ? 1
                    : 1 + event.getThrowableProxy().getStackTraceElementProxyArray().length);
        }
    };

    private LogLines() {}

    static LogLines count() {
        LogLines counting = new LogLines();
        counting.appender.start();
        counting.root.addAppender(counting.appender);
        return counting;
    }

    long sum() {
        return lines.sum();
    }

    @Override
    public void close() {
        root.detachAppender(appender);
    }
}
