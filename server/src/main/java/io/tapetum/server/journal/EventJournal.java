package io.tapetum.server.journal;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The last events of the process. All methods may be called by any thread: texts are made before the lock of the ring is
 * taken, and looked at after it was given back.
 */
public final class EventJournal {

    /** Octets of text for each event that may be kept, all together. */
    static final int OCTETS_PER_EVENT = 1024;

    /** Characters of a sentence; all that are known have fewer. */
    static final int TEXT = 2000;

    /** Characters of a name, an address, or the name of a detail. */
    static final int NAME = 255;

    /** Characters of a detail. */
    static final int DETAIL = 500;

    /** How many details an event may have. */
    static final int DETAILS = 16;

    private final EventRing ring;

    /**
     * An empty journal.
     *
     * @param keep how many events it keeps, at least 1
     */
    public EventJournal(int keep) {
        ring = new EventRing(keep, (long) keep * OCTETS_PER_EVENT);
    }

    /**
     * Keeps an event. Texts are made such that they can only be read, and cut if they are too long.
     *
     * @param kind what sort of thing happened
     * @param peer the name of the peer, if it is about one
     * @param address of the peer or of somebody else, if it is about one
     * @param text the sentence
     * @param details its other facts; some are left out if there are very many
     */
    public void add(Instant time, Severity severity, String kind, @Nullable String peer, @Nullable String address,
            String text, Map<String, String> details) {
        String keptKind = OneLine.of(kind, NAME);
        String keptPeer = peer == null ? null : OneLine.of(peer, NAME);
        String keptAddress = address == null ? null : OneLine.of(address, NAME);
        String keptText = OneLine.of(text, TEXT);
        Map<String, String> keptDetails = kept(details);
        ring.add(sequence -> new JournalEntry(sequence, time, severity, keptKind, keptPeer, keptAddress, keptText,
                keptDetails));
    }

    private static Map<String, String> kept(Map<String, String> details) {
        Map<String, String> kept = new LinkedHashMap<>();
        details.forEach((name, value) -> {
            if (kept.size() < DETAILS) {
                kept.put(OneLine.of(name, NAME), OneLine.of(value, DETAIL));
            }
        });
        return Map.copyOf(kept);
    }

    /** The events that somebody wants to see. */
    public JournalPage entries(JournalQuery query) {
        return switch (query.order()) {
            case OLDEST_FIRST -> oldestFirst(query);
            case NEWEST_FIRST -> newestFirst(query);
        };
    }

    private JournalPage oldestFirst(JournalQuery query) {
        Predicate<JournalEntry> wanted = wanted(query);
        List<JournalEntry> found = new ArrayList<>();
        EventRing.Slice slice = ring.oldest(query.after(), query.before() - 1);
        long oldest = slice.oldest();
        long last = slice.last();
        long upTo = Math.min(query.before() - 1, last);
        while (!slice.entries().isEmpty()) {
            for (JournalEntry entry : slice.entries()) {
                if (wanted.test(entry)) {
                    if (found.size() == query.limit()) {
                        return new JournalPage(found, true, oldest, last);
                    }
                    found.add(entry);
                }
            }
            long at = slice.entries().getLast().sequence();
            slice = ring.oldest(at, upTo);
            if (slice.oldest() > at + 1 && at < upTo) {
                // What would have come next is gone. Who goes on after what was found is told so.
                if (!found.isEmpty()) {
                    return new JournalPage(found, true, oldest, last);
                }
                oldest = slice.oldest();
            }
        }
        return new JournalPage(found, false, oldest, last);
    }

    private JournalPage newestFirst(JournalQuery query) {
        Predicate<JournalEntry> wanted = wanted(query);
        List<JournalEntry> found = new ArrayList<>();
        EventRing.Slice slice = ring.newest(query.after(), query.before() - 1);
        long oldest = slice.oldest();
        long last = slice.last();
        while (!slice.entries().isEmpty()) {
            for (JournalEntry entry : slice.entries().reversed()) {
                if (wanted.test(entry)) {
                    if (found.size() == query.limit()) {
                        return new JournalPage(found, true, oldest, last);
                    }
                    found.add(entry);
                }
            }
            slice = ring.newest(query.after(), slice.entries().getFirst().sequence() - 1);
        }
        return new JournalPage(found, false, oldest, last);
    }

    private static Predicate<JournalEntry> wanted(JournalQuery query) {
        String peer = query.peer();
        String address = peer == null ? null : address(peer);
        return entry -> entry.severity().compareTo(query.atLeast()) >= 0
                && (query.kind() == null || entry.kind().equals(query.kind()))
                && (peer == null || peer.equals(entry.peer()) || address != null && address.equals(entry.address()));
    }

    /** An address as the log writes it; {@code null} if the text is none. No name server is asked. */
    private static @Nullable String address(String text) {
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
