package io.tapetum.server.journal;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An event as it is kept. No text in it has control characters, and each is of bounded length, whoever wrote it.
 *
 * @param sequence from 1, one more with each event of the process; the order in which events were kept
 * @param time when it was logged; of two events on different threads, the later may have the earlier time by a moment
 * @param severity how much it matters
 * @param kind what sort of thing happened: the label of an {@link EventKind}
 * @param peer the name of the peer that it is about, if it is about one whose name is known
 * @param address the address of that peer, or of whoever else has connected
 * @param text the sentence in the log
 * @param details its other facts by name, as text
 */
public record JournalEntry(long sequence, Instant time, Severity severity, String kind, @Nullable String peer,
        @Nullable String address, String text, Map<String, String> details) {

    public JournalEntry {
        details = Map.copyOf(details);
    }
}
