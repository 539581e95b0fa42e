package io.tapetum.server.journal;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The last events of the process. Bounded by their number and by the octets of their texts: whichever is reached first, the
 * oldest go. All methods may be called by any thread.
 *
 * <p>
 * One lock orders everything. Event loops may take it, because nobody holds it for long: who appends has made its texts
 * before and stores one reference, and who reads copies references, and looks at what they refer to afterwards. A reference
 * costs about a nanosecond, so with as many events as can be configured that is a millisecond, and usually microseconds.
 */
public final class EventJournal {

    /** Octets of text for each event that may be kept, all together. Java needs two for a character at most. */
    static final int OCTETS_PER_EVENT = 1024;

    /** Characters of a sentence; all that are known have fewer. */
    static final int TEXT = 2000;

    /** Characters of a name, an address, or the name of a detail. */
    static final int NAME = 255;

    /** Characters of a detail. */
    static final int DETAIL = 500;

    /** How many details an event may have. */
    static final int DETAILS = 16;

    private final long mostOctets;

    /** An event has its place by its sequence number. Guarded by this object's monitor, as are those below. */
    private final @Nullable JournalEntry[] ring;
    private long oldest = 1;
    private long last;
    private long octets;

    /**
     * An empty journal.
     *
     * @param keep how many events it keeps, at least 1
     */
    public EventJournal(int keep) {
        ring = new @Nullable JournalEntry[keep];
        mostOctets = (long) keep * OCTETS_PER_EVENT;
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
        synchronized (this) {
            last++;
            JournalEntry entry = new JournalEntry(last, time, severity, keptKind, keptPeer, keptAddress, keptText,
                    keptDetails);
            if (last - oldest == ring.length) {
                drop();
            }
            ring[place(last)] = entry;
            octets += octets(entry);
            while (octets > mostOctets && oldest < last) {
                drop();
            }
        }
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

    /** Lets the oldest go. */
    private void drop() {
        int place = place(oldest);
        JournalEntry entry = ring[place];
        if (entry != null) {
            octets -= octets(entry);
        }
        ring[place] = null;
        oldest++;
    }

    private int place(long sequence) {
        return (int) ((sequence - 1) % ring.length);
    }

    private static int octets(JournalEntry entry) {
        int characters = entry.kind().length() + length(entry.peer()) + length(entry.address())
                + entry.text().length();
        for (Map.Entry<String, String> detail : entry.details().entrySet()) {
            characters += detail.getKey().length() + detail.getValue().length();
        }
        return characters * Character.BYTES;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** The events that somebody wants to see. */
    public JournalPage entries(JournalQuery query) {
        long oldestThen;
        long lastThen;
        List<JournalEntry> candidates;
        synchronized (this) {
            oldestThen = oldest;
            lastThen = last;
            candidates = between(Math.max(query.after(), oldest - 1), Math.min(query.before() - 1, last));
        }
        if (query.order() == JournalQuery.Order.NEWEST_FIRST) {
            Collections.reverse(candidates);
        }
        Predicate<JournalEntry> wanted = wanted(query);
        List<JournalEntry> found = new ArrayList<>();
        for (JournalEntry entry : candidates) {
            if (wanted.test(entry)) {
                if (found.size() == query.limit()) {
                    return new JournalPage(found, true, oldestThen, lastThen);
                }
                found.add(entry);
            }
        }
        return new JournalPage(found, false, oldestThen, lastThen);
    }

    /** Those after one sequence number, up to another. */
    private List<JournalEntry> between(long after, long upTo) {
        if (after >= upTo) {
            return new ArrayList<>();
        }
        List<JournalEntry> entries = new ArrayList<>((int) (upTo - after));
        for (long sequence = after + 1; sequence <= upTo; sequence++) {
            JournalEntry entry = ring[place(sequence)];
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
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
