package io.tapetum.core.simulation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** The last things that happened, put into words only when somebody asks. */
final class History {

    private static final int LENGTH = Integer.getInteger("tapetum.simulation.history", 120);

    private record Entry(long at, String text, @Nullable Object[] values) {}

    private final VirtualTime time;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long fingerprint;

    History(VirtualTime time) {
        this.time = time;
    }

    /** Notes something; the text is a format, the values must not change afterwards. */
    void note(String text, @Nullable Object... values) {
        if (entries.size() >= LENGTH) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(time.now(), text, values));
        fingerprint = 31 * (31 * fingerprint + text.hashCode()) + time.now();
    }

    /** Equal for two runs in which the same things happened at the same times. */
    long fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        StringBuilder all = new StringBuilder();
        for (Entry entry : entries) {
            all.append(String.format(Locale.ROOT, "%11.6f  ", entry.at / 1e9));
            try {
                all.append(String.format(Locale.ROOT, entry.text, entry.values));
            } catch (IllegalArgumentException e) {
                all.append(entry.text).append(Arrays.toString(entry.values));
            }
            all.append('\n');
        }
        return all.toString();
    }
}
