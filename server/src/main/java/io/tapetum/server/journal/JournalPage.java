package io.tapetum.server.journal;

import java.util.List;

/**
 * What there is to answer to a {@link JournalQuery}. All of it is of one moment.
 *
 * @param entries in the order asked for
 * @param more whether there are more that match than the limit allowed
 * @param oldest the sequence number of the oldest event that is kept; one more than {@code last} if there is none
 * @param last the sequence number of the newest event there is, whether it matches or not; 0 if there is none. If it is
 *            less than what was asked after, that was of a process before this one, and numbers have begun anew
 */
public record JournalPage(List<JournalEntry> entries, boolean more, long oldest, long last) {

    public JournalPage {
        entries = List.copyOf(entries);
    }

    /** How many events a reader who has seen all up to this sequence number has missed, for they are not kept any more. */
    public long missedAfter(long sequence) {
        return Math.max(0, oldest - 1 - sequence);
    }
}
