package io.tapetum.server.admin.api;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import io.tapetum.server.admin.Request;
import io.tapetum.server.journal.EventKind;

/** Who has changed what over the API, in the log and so in the journal. */
final class OperatorLog {

    private static final Logger log = LoggerFactory.getLogger(OperatorLog.class);

    private OperatorLog() {}

    /**
     * A line for something that somebody does. More facts can be added before it is logged.
     *
     * @param what a sentence without the one who did it
     */
    static LoggingEventBuilder of(Request request, String what) {
        return log.atInfo().addKeyValue(EventKind.KEY, EventKind.OPERATOR)
                .addKeyValue("who", request.caller().name())
                .setMessage("{}, by order of {}").addArgument(what).addArgument(request.caller().name());
    }
}
