package io.tapetum.core.session;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.reflection.ImportRefusal;
import io.tapetum.rib.PrefixHash;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/**
 * The announcements of a session that were refused lately, for those who ask why a prefix is missing: the tables do not
 * know them. Every prefix has two places it can be in, and takes the one that was taken longer ago if neither is free, so
 * that remembering allocates nothing, costs the same however many routes are refused, and takes 23 KB for a session. One that is withdrawn, or
 * announced in a form that may be used, is forgotten.
 */
/*
 * The session's event loop writes; any thread reads, and holds nobody up. Each place has a stamp, which is odd while the
 * place is being written. The writer sets it odd, releases every field, and releases the stamp, even and greater than
 * before. A reader acquires the stamp, every field, and the stamp once more: had it seen any field of a later writing, it
 * would by that see the odd stamp that came before the field, or a later one, and so the two differ. What it read between
 * two equal even stamps belongs together.
 */
final class RefusedAnnouncements {

    static final int PLACES = 512;

    private static final int WORDS = 5;
    private static final int STAMP = 0;
    private static final int HIGH = 1;
    private static final int LOW = 2;
    /** Path identifier, AFI and length + 1; 0 for a place that is free. */
    private static final int WHAT = 3;
    private static final int TIME = 4;

    /** The writer is done in a few nanoseconds, so that who fails so often has found a writer that does nothing else. */
    private static final int MAX_TRIES = 100;

    private final AtomicLongArray words = new AtomicLongArray(PLACES * WORDS);
    private final AtomicReferenceArray<@Nullable ImportRefusal> refusals = new AtomicReferenceArray<>(PLACES);
    private final AtomicReference<@Nullable ImportRefusal> last = new AtomicReference<>();
    private final AtomicLong displaced = new AtomicLong();
    /** For the writer only. */
    private int size;

    /**
     * One that is remembered.
     *
     * @param atNanos when it came last, by the clock of the session's event loop
     */
    record Remembered(ImportRefusal refusal, int pathId, long atNanos) {}

    // ---- on the session's event loop

    boolean isEmpty() {
        return size == 0;
    }

    void add(Family family, long high, long low, int length, int pathId, ImportRefusal refusal, long nowNanos) {
        long what = what(family, length, pathId);
        int home = place(high, low, length);
        int place = placeOf(home, high, low, what);
        if (place < 0) {
            place = olderOf(home, home ^ 1);
            if (words.getPlain(place * WORDS + WHAT) == 0) {
                size++;
            } else {
                displaced.setRelease(displaced.getPlain() + 1);
            }
        }
        last.setRelease(refusal);
        write(place, high, low, what, nowNanos, refusal);
    }

    /** The announcement was withdrawn, or another one took its place that may be used. */
    void remove(Family family, long high, long low, int length, int pathId) {
        int place = placeOf(place(high, low, length), high, low, what(family, length, pathId));
        if (place >= 0) {
            size--;
            write(place, 0, 0, 0, 0, null);
        }
    }

    /** Where it is remembered; negative if it is not. */
    private int placeOf(int home, long high, long low, long what) {
        return holds(home, high, low, what) ? home : holds(home ^ 1, high, low, what) ? home ^ 1 : -1;
    }

    private boolean holds(int place, long high, long low, long what) {
        int at = place * WORDS;
        return words.getPlain(at + WHAT) == what && words.getPlain(at + HIGH) == high
                && words.getPlain(at + LOW) == low;
    }

    private int olderOf(int one, int other) {
        if (words.getPlain(one * WORDS + WHAT) == 0 || words.getPlain(other * WORDS + WHAT) == 0) {
            return words.getPlain(one * WORDS + WHAT) == 0 ? one : other;
        }
        return words.getPlain(one * WORDS + TIME) - words.getPlain(other * WORDS + TIME) <= 0 ? one : other;
    }

    private void write(int place, long high, long low, long what, long nowNanos, @Nullable ImportRefusal refusal) {
        int at = place * WORDS;
        long stamp = words.getPlain(at + STAMP);
        words.setOpaque(at + STAMP, stamp + 1);
        words.setRelease(at + HIGH, high);
        words.setRelease(at + LOW, low);
        words.setRelease(at + WHAT, what);
        words.setRelease(at + TIME, nowNanos);
        refusals.setRelease(place, refusal);
        words.setRelease(at + STAMP, stamp + 2);
    }

    // ---- on any thread

    /** What is remembered of a prefix, or {@code null}. */
    @Nullable
    Remembered find(Prefix prefix) {
        int home = place(prefix.high(), prefix.low(), prefix.length());
        Remembered found = find(home, prefix);
        return found == null ? find(home ^ 1, prefix) : found;
    }

    private @Nullable Remembered find(int place, Prefix prefix) {
        int at = place * WORDS;
        for (int i = 0; i < MAX_TRIES; i++) {
            long stamp = words.getAcquire(at + STAMP);
            long high = words.getAcquire(at + HIGH);
            long low = words.getAcquire(at + LOW);
            long what = words.getAcquire(at + WHAT);
            long time = words.getAcquire(at + TIME);
            ImportRefusal refusal = refusals.getAcquire(place);
            if ((stamp & 1) == 0 && words.getAcquire(at + STAMP) == stamp) {
                int pathId = (int) (what >>> Integer.SIZE);
                boolean same = high == prefix.high() && low == prefix.low()
                        && what == what(prefix.family(), prefix.length(), pathId);
                return refusal != null && same ? new Remembered(refusal, pathId, time) : null;
            }
        }
        return null;
    }

    /** Why the last one was refused, if others had to be forgotten for want of room, else {@code null}. */
    @Nullable
    ImportRefusal lastOfMany() {
        return displaced.getAcquire() > 0 ? last.getAcquire() : null;
    }

    private static int place(long high, long low, int length) {
        return (int) (PrefixHash.of(high, low, length) >>> 32) & (PLACES - 1);
    }

    private static long what(Family family, int length, int pathId) {
        return (long) pathId << 32 | (long) family.afi() << 16 | length + 1;
    }
}
