package io.tapetum.server.source;

import java.time.Duration;
import java.util.List;

/**
 * How a source is doing.
 *
 * @param name which datastore, and where
 * @param state whether what it says can be relied on
 * @param sinceState how long that has been so
 * @param detail why, if the state is not {@link State#LIVE}; else empty
 * @param problems of the set that was published last
 */
public record SourceStatus(String name, State state, Duration sinceState, String detail, List<String> problems) {

    public SourceStatus {
        problems = List.copyOf(problems);
    }

    /** Whether the peers that were published are those of this moment. */
    public enum State {
        /** Not everything has been read yet; nothing was published. */
        SYNCING,
        /** Changes arrive as they happen. */
        LIVE,
        /** The datastore does not answer; the peers stay as they were, and it is tried again. */
        LOST,
        /** The datastore answers, but it is locked or suddenly empty; the peers stay as they were. */
        FROZEN
    }
}
