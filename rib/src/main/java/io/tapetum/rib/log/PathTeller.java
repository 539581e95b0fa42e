package io.tapetum.rib.log;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;

import io.tapetum.rib.Path;
import io.tapetum.rib.PathChanges;
import io.tapetum.rib.RankedPaths;

/**
 * Takes the paths of a prefix, where there may be several, to a log with path identifiers (RFC 7911): the best of those
 * that are admitted, as many as the limit says. Any thread may call.
 *
 * <p>The limit is one for the whole group, because all its members read one log: it counts the paths that the group is
 * told of. A member that is itself the source of some of them gets the others, which are fewer by those.
 */
/*
 * What the log says of a prefix is kept here, path by path, and changed under the lock of the log together with it. So
 * what has to be announced and taken back is simply the difference between that and what ought to be said: a path that
 * drops out of the best is withdrawn by its identifier, one that stays as it is costs nothing.
 *
 * An identifier belongs to a path for as long as the path is told of, whatever becomes of its attributes and its session:
 * a path is known by its peer and by the identifier it has from there. Another path of the prefix gets the identifier
 * only in a later call than the one that withdrew it, so the withdrawal is in the log before. Small numbers are used
 * first, and again: their count depends on how many paths there are at a time, not on how many there have been, and with
 * it what the log must remember for slow readers.
 *
 * The order of the changes: see RibChanges. A change that is not current is dropped. A prefix that lost its last path
 * and came back has another entry, and the withdrawal by the old one may come late: it is dropped because it is older
 * than what was said last. Where nothing is said of a prefix, not even that is remembered: there is nothing to withdraw.
 */
public final class PathTeller {

    /** 0 is left out: everywhere here it stands for none. */
    private static final int FIRST_ID = 1;

    /** A prefix as a value. */
    record Prefix(long high, long low, int length) {}

    /** What the log says of one prefix: its paths, and their identifiers. */
    private record Told(long version, Path[] paths, int[] ids) {

        static final Told NOTHING = new Told(0, new Path[0], new int[0]);

        /** Which of the paths is from the same peer with the same identifier; negative if none is. */
        int find(Path wanted, int likely) {
            for (int n = 0; n < paths.length; n++) {
                int i = (likely + n) % paths.length;
                if (paths[i].source().peerId() == wanted.source().peerId() && paths[i].pathId() == wanted.pathId()) {
                    return i;
                }
            }
            return -1;
        }
    }

    private final OutboundLog log;
    private final int limit;
    // All guarded by the lock of the log.
    private final Map<Prefix, Told> told = new HashMap<>();
    private final PathEntries announced = new PathEntries();
    private final PathEntries withdrawn = new PathEntries();
    private final List<Path> admitted = new ArrayList<>();
    private final BitSet usedIds = new BitSet();
    private final BitSet kept = new BitSet();

    /**
     * A teller for a log that says nothing yet, and is appended to by nobody else.
     *
     * @param limit how many paths of a prefix are told of; at least 1
     */
    public PathTeller(OutboundLog log, int limit) {
        if (!log.format().pathIds() || limit < 1) {
            throw new IllegalArgumentException(
                    "a log " + (log.format().pathIds()
                            ? "of at most " + limit + " paths"
                            : "without path identifiers"));
        }
        this.log = log;
        this.limit = limit;
    }

    /**
     * Takes changes to the log, unless they have been overtaken.
     *
     * @return whether anything was appended
     */
    public boolean tell(PathChanges changes, PathEgress egress) {
        log.lock.lock();
        try {
            for (int i = 0; i < changes.size(); i++) {
                Prefix prefix = new Prefix(changes.high(i), changes.low(i), changes.length(i));
                Told before = told.getOrDefault(prefix, Told.NOTHING);
                if (changes.isCurrent(i) && changes.version(i) - before.version > 0) {
                    choose(prefix, before, changes.paths(i), changes.version(i), egress);
                }
            }
            if (withdrawn.size() > 0) {
                log.withdraw(withdrawn, 0, withdrawn.size());
            }
            announce(egress);
            return announced.size() + withdrawn.size() > 0;
        } finally {
            announced.clear();
            withdrawn.clear();
            admitted.clear();
            log.lock.unlock();
        }
    }

    /** A path that the log tells of, and under which identifier. */
    public record ToldPath(int id, Path path) {}

    /** The paths of a prefix that the log tells of at present, best first. */
    public List<ToldPath> told(long high, long low, int length) {
        log.lock.lock();
        try {
            Told now = told.getOrDefault(new Prefix(high, low, length), Told.NOTHING);
            List<ToldPath> paths = new ArrayList<>();
            for (int i = 0; i < now.ids.length; i++) {
                paths.add(new ToldPath(now.ids[i], now.paths[i]));
            }
            return paths;
        } finally {
            log.lock.unlock();
        }
    }

    private void choose(Prefix prefix, Told before, RankedPaths paths, long version, PathEgress egress) {
        admitted.clear();
        for (int rank = 0; rank < paths.size() && admitted.size() < limit; rank++) {
            Path path = paths.get(rank);
            if (egress.admits(path.source(), path.attributes())) {
                admitted.add(path);
            }
        }
        usedIds.clear();
        for (int id : before.ids) {
            usedIds.set(id);
        }
        kept.clear();
        int[] ids = new int[admitted.size()];
        int at = -1;
        for (int i = 0; i < ids.length; i++) {
            Path path = admitted.get(i);
            int known = before.find(path, at + 1);
            if (known >= 0) {
                at = known;
                kept.set(at);
                ids[i] = before.ids[at];
            } else {
                ids[i] = usedIds.nextClearBit(FIRST_ID);
                usedIds.set(ids[i]);
            }
            if (known < 0 || isChanged(before.paths[known], path)) {
                announced.add(prefix, ids[i], version, path);
            }
        }
        for (int i = kept.nextClearBit(0); i < before.ids.length; i = kept.nextClearBit(i + 1)) {
            withdrawn.add(prefix, before.ids[i], version, before.paths[i]);
        }
        if (ids.length == 0) {
            told.remove(prefix);
        } else {
            told.put(prefix, new Told(version, admitted.toArray(Path[]::new), ids));
        }
    }

    @SuppressWarnings("ReferenceEquality") // a path that stays as it is stays the same object
    private static boolean isChanged(Path before, Path now) {
        return before != now;
    }

    /** Run by run of equal attributes and source: usually all prefixes of one UPDATE at once. */
    private void announce(PathEgress egress) {
        int from = 0;
        while (from < announced.size()) {
            int to = from + 1;
            while (to < announced.size() && announced.saySame(from, to)) {
                to++;
            }
            Path path = announced.path(from);
            ByteBuf block = egress.block(path.source(), path.attributes());
            log.announce(block, egress.nextHop(path.source(), path.attributes()), path.source().peerId(), announced,
                    from, to);
            from = to;
        }
    }
}
