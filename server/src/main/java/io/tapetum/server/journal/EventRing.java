package io.tapetum.server.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The last events, by sequence number. Bounded by their number and by the octets of their texts: whichever is reached first,
 * the oldest go.
 *
 * <p>
 * One lock guards everything and orders the events. Event loops may take it, because nobody holds it for long: who appends
 * stores a reference, and who reads copies no more than {@value #SLICE} of them and looks at what they refer to afterwards.
 */
final class EventRing {

    /** How many references are copied at once: some microseconds. */
    static final int SLICE = 1024;

    private final long mostOctets;
    private final @Nullable JournalEntry[] entries;
    private long oldest = 1;
    private long last;
    private long octets;

    /** Makes an entry when its sequence number is known. */
    @FunctionalInterface
    interface Maker {

        /** Called with the lock held. */
        JournalEntry make(long sequence);
    }

    /**
     * Some of the events, in their order, and which there were at that moment.
     *
     * @param oldest the sequence number of the oldest; one more than {@code last} if there was none
     * @param last the sequence number of the newest; 0 if there was none
     */
    record Slice(List<JournalEntry> entries, long oldest, long last) {}

    /**
     * An empty ring.
     *
     * @param keep how many events it keeps, at least 1
     * @param mostOctets of all their texts together
     */
    EventRing(int keep, long mostOctets) {
        this.entries = new @Nullable JournalEntry[keep];
        this.mostOctets = mostOctets;
    }

    /** Appends an event. It is kept however long its texts are. */
    synchronized void add(Maker maker) {
        JournalEntry entry = maker.make(last + 1);
        last++;
        if (last - oldest == entries.length) {
            drop();
        }
        entries[place(last)] = entry;
        octets += octets(entry);
        while (octets > mostOctets && oldest < last) {
            drop();
        }
    }

    /** The oldest events after one sequence number and up to another. */
    synchronized Slice oldest(long after, long upTo) {
        long from = Math.max(after, oldest - 1);
        long to = Math.min(upTo, last);
        return slice(from, to - from > SLICE ? from + SLICE : to);
    }

    /** The newest events after one sequence number and up to another. */
    synchronized Slice newest(long after, long upTo) {
        long from = Math.max(after, oldest - 1);
        long to = Math.min(upTo, last);
        return slice(Math.max(from, to - SLICE), to);
    }

    private Slice slice(long after, long upTo) {
        if (after >= upTo) {
            return new Slice(List.of(), oldest, last);
        }
        List<JournalEntry> slice = new ArrayList<>((int) (upTo - after));
        for (long sequence = after + 1; sequence <= upTo; sequence++) {
            JournalEntry entry = entries[place(sequence)];
            if (entry != null) {
                slice.add(entry);
            }
        }
        return new Slice(slice, oldest, last);
    }

    /** Lets the oldest go. */
    private void drop() {
        int place = place(oldest);
        JournalEntry entry = entries[place];
        if (entry != null) {
            octets -= octets(entry);
        }
        entries[place] = null;
        oldest++;
    }

    private int place(long sequence) {
        return (int) ((sequence - 1) % entries.length);
    }

    /** As many as Java needs at most. */
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
}
