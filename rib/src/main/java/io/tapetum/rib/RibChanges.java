package io.tapetum.rib;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.PathAttributes;

/**
 * The prefixes whose best path changed, in the order of the changes: filled by an {@link AdjRibIn}, drained into the
 * outbound logs, cleared, and used again. For one thread; allocates only to grow.
 */
/*
 * How a log gets every prefix right without holding the lock of a stripe.
 *
 * A change is decided under the lock of a stripe and appended, later, under the lock of a log. Two threads that change
 * one prefix one after the other may reach the log in the other order. What keeps the log right is the version: each
 * stripe counts its changes, and a change and its entry remember the number.
 *
 * - Every change is offered to every log of the family. So a change that is not the last of its entry may be dropped:
 *   who made the later one has offered it, or is going to. The log asks isCurrent() under its own lock. Should the entry
 *   move on right after that, the later change needs the lock that is held now, and lands behind this one.
 *
 * - An entry without paths leaves its table, and a later announcement of the prefix makes another entry. The withdrawal
 *   was the last change of the old entry and stays current for ever, although the new entry's announcement may have
 *   overtaken it. Versions count on across the entries of a stripe, so the log needs to remember the version of what it
 *   appended last for a prefix, and drops whatever is older.
 *
 * - The other way round nothing can slip through: an announcement that a removal overtook fails isCurrent(), because the
 *   removal gave that very entry a new version. So where a log has forgotten a prefix, and the version with it, only a
 *   withdrawal can still arrive late; and that has nothing to withdraw.
 */
public final class RibChanges extends PrefixChanges {

    private static final int INITIAL = 64;

    private long[] high = new long[INITIAL];
    private long[] low = new long[INITIAL];
    private int[] length = new int[INITIAL];
    private long[] version = new long[INITIAL];
    private @Nullable RouteSource[] source = new @Nullable RouteSource[INITIAL];
    private @Nullable PathAttributes[] attributes = new @Nullable PathAttributes[INITIAL];
    private @Nullable RouteEntry[] entry = new @Nullable RouteEntry[INITIAL];
    private int size;
    private final PathChanges paths = new PathChanges();

    /** Forgets all changes, so that the batch can be filled anew; keeps its room. */
    public void clear() {
        Arrays.fill(source, 0, size, null);
        Arrays.fill(attributes, 0, size, null);
        Arrays.fill(entry, 0, size, null);
        size = 0;
        if (paths.size() > 0) {
            paths.clear();
        }
    }

    /** Whether nothing changed, not even a path that is not the best. */
    public boolean isEmpty() {
        return size == 0 && paths.size() == 0;
    }

    /** What else changed: the paths of a prefix, whether the best is among those that changed or not. */
    public PathChanges paths() {
        return paths;
    }

    /** How many best paths changed. */
    public int size() {
        return size;
    }

    @Override
    public long high(int i) {
        return high[i];
    }

    @Override
    public long low(int i) {
        return low[i];
    }

    @Override
    public int length(int i) {
        return length[i];
    }

    /** The session whose path is the best after the change; {@code null} if the prefix has no path any more. */
    public @Nullable RouteSource source(int i) {
        return source[i];
    }

    /** The attributes of that path, interned; {@code null} if the prefix has no path any more. */
    public @Nullable PathAttributes attributes(int i) {
        return attributes[i];
    }

    /** 0: a change of a best path concerns the prefix as a whole. */
    @Override
    public int pathId(int i) {
        return 0;
    }

    @Override
    public long version(int i) {
        return version[i];
    }

    @Override
    public boolean isCurrent(int i) {
        RouteEntry changed = entry[i];
        return changed != null && changed.version() == version[i];
    }

    /** A prefix and its best path; called under the lock of the entry's stripe. */
    void add(RouteEntry changed) {
        add(changed, changed.source(), changed.attributes());
    }

    /** A prefix that has no path any more; called under the lock of the entry's stripe. */
    void addWithdrawal(RouteEntry changed) {
        add(changed, null, null);
    }

    private void add(RouteEntry changed, @Nullable RouteSource bestSource, @Nullable PathAttributes bestAttributes) {
        if (size == high.length) {
            grow();
        }
        high[size] = changed.high();
        low[size] = changed.low();
        length[size] = changed.length();
        version[size] = changed.version();
        source[size] = bestSource;
        attributes[size] = bestAttributes;
        entry[size] = changed;
        size++;
    }

    private void grow() {
        int capacity = size * 2;
        high = Arrays.copyOf(high, capacity);
        low = Arrays.copyOf(low, capacity);
        length = Arrays.copyOf(length, capacity);
        version = Arrays.copyOf(version, capacity);
        source = Arrays.copyOf(source, capacity);
        attributes = Arrays.copyOf(attributes, capacity);
        entry = Arrays.copyOf(entry, capacity);
    }
}
