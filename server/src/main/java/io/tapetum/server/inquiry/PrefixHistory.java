package io.tapetum.server.inquiry;

import java.time.Instant;
import java.util.List;

import io.tapetum.wire.nlri.Prefix;

/**
 * What has happened to a prefix that is followed.
 *
 * @param since when it began to be followed
 * @param until when it is not followed any more, unless somebody asks again
 * @param entries oldest first; a bounded number, the last ones
 * @param forgotten how many older ones there were
 */
public record PrefixHistory(Prefix prefix, Instant since, Instant until, List<Entry> entries, long forgotten) {

    public PrefixHistory {
        entries = List.copyOf(entries);
    }

    /**
     * Something that happened.
     *
     * @param peer whose announcement or withdrawal it was, by name
     * @param text a sentence, with the attributes of an announcement and whether the best path changed
     */
    public record Entry(Instant time, What what, String peer, String text) {}

    /** What happened. */
    public enum What {
        ANNOUNCED,
        /** It was announced, and the announcement may not be used. */
        REFUSED,
        WITHDRAWN,
        /** The session that it came from is gone. */
        PURGED
    }
}
