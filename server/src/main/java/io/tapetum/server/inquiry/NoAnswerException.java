package io.tapetum.server.inquiry;

import java.io.Serial;
import java.time.Duration;

/** The event loop of a peer has not answered in time, or does not answer any more. */
public final class NoAnswerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** After this much time. */
    public NoAnswerException(Duration time) {
        super("an event loop has not answered for " + time.toSeconds()
                + " s. Either it has too much to do, and asking again"
                + " later helps, or it is stuck: then a thread dump of the process shows where, and a restart helps");
    }

    /** For there is nobody to answer. */
    public NoAnswerException(Throwable cause) {
        super("the reflector is ending, so that nobody answers any more", cause);
    }
}
