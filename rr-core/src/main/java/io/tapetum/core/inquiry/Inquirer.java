package io.tapetum.core.inquiry;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.inquiry.Findings.SessionFindings;
import io.tapetum.core.reflection.EgressVerdict;
import io.tapetum.core.reflection.GroupInsight;
import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.session.FamilyInsight;
import io.tapetum.core.session.ManyRefused;
import io.tapetum.core.session.Peer;
import io.tapetum.core.session.RefusedAnnouncement;
import io.tapetum.rib.Path;
import io.tapetum.rib.PrefixPaths;
import io.tapetum.rib.log.LogCursor;
import io.tapetum.rib.log.LogEntry;
import io.tapetum.rib.log.PathTeller.ToldPath;
import io.tapetum.wire.nlri.Prefix;

/**
 * Finds out why a peer has a prefix, or has it not.
 *
 * <p>The answer is put together from several moments: the refusals are asked for on any thread, the rest on the peer's
 * event loop, where the session stands still but the table and the log do not. The paths of the prefix are therefore read
 * again at the end, and if they have changed, all begins anew, a few times at most. A prefix that changes without end is
 * answered as one of those moments had it; that it is on its way is true of it anyhow.
 */
public final class Inquirer {

    private static final int MAX_TRIES = 4;

    private final RoutingTables tables;

    public Inquirer(RoutingTables tables) {
        this.tables = tables;
    }

    /** Announcements of a prefix that these peers made and that may not be used, as far as they are remembered. */
    public static List<RefusedAnnouncement> refused(Iterable<Peer> peers, Prefix prefix) {
        List<RefusedAnnouncement> refused = new ArrayList<>();
        for (Peer peer : peers) {
            RefusedAnnouncement one = peer.refused(prefix);
            if (one != null) {
                refused.add(one);
            }
        }
        return refused;
    }

    /** Those of these peers that announced more that may not be used than is remembered. */
    public static List<ManyRefused> manyRefused(Iterable<Peer> peers, Prefix prefix) {
        List<ManyRefused> refused = new ArrayList<>();
        for (Peer peer : peers) {
            ManyRefused one = peer.manyRefused(prefix.family());
            if (one != null) {
                refused.add(one);
            }
        }
        return refused;
    }

    /** How a prefix stands with a peer. On the peer's event loop. */
    public Findings find(Peer peer, Prefix prefix, List<RefusedAnnouncement> refused, List<ManyRefused> manyRefused) {
        PrefixPaths route = route(prefix);
        for (int i = 1;; i++) {
            Findings findings = find(peer, prefix, route, refused, manyRefused);
            PrefixPaths afterwards = route(prefix);
            boolean same = route == null ? afterwards == null : afterwards != null && route.isSame(afterwards);
            if (same || i == MAX_TRIES) {
                return findings;
            }
            route = afterwards;
        }
    }

    private @Nullable PrefixPaths route(Prefix prefix) {
        return tables.adjRibIn(prefix.family()).route(prefix.high(), prefix.low(), prefix.length());
    }

    private static Findings find(Peer peer, Prefix prefix, @Nullable PrefixPaths route,
            List<RefusedAnnouncement> refused, List<ManyRefused> manyRefused) {
        FamilyInsight insight = peer.insight(prefix.family());
        List<Candidate> candidates = insight == null || route == null
                ? List.of()
                : candidates(peer.id(), prefix, route, insight);
        Standing standing;
        if (insight == null) {
            standing = peer.isEstablished() ? Standing.NOT_NEGOTIATED : Standing.NO_SESSION;
        } else if (route == null) {
            standing = refused.isEmpty() ? Standing.NO_PATH : Standing.REFUSED;
        } else {
            standing = standing(candidates, insight.pending());
        }
        return new Findings(prefix, standing, peer.status(), insight == null ? null : session(prefix, insight),
                route == null ? List.of() : route.ranked(), candidates, refused, manyRefused);
    }

    private static SessionFindings session(Prefix prefix, FamilyInsight insight) {
        LogEntry entry = insight.cursor().entryOf(prefix.high(), prefix.low(), prefix.length(), 0);
        boolean withdrawing = entry != null && !entry.announced() && (!entry.passed() || insight.pending());
        return new SessionFindings(insight.group().key(), insight.group().isComplete(), insight.endOfRibSent(),
                insight.cursor().lagOctets(), insight.pending(), insight.ignored(), withdrawing);
    }

    private static List<Candidate> candidates(int peerId, Prefix prefix, PrefixPaths route, FamilyInsight insight) {
        GroupInsight group = insight.group();
        if (group.key().addPathSend() == 0) {
            LogEntry entry = insight.cursor().entryOf(prefix.high(), prefix.low(), prefix.length(), 0);
            // An older one says what was the best before: who chose anew is just about to say so.
            boolean current = entry != null && entry.announced() && entry.version() == route.version();
            return List.of(candidate(peerId, prefix, route.best(), group, current ? entry : null));
        }
        List<ToldPath> told = group.told(prefix.high(), prefix.low(), prefix.length());
        List<Candidate> candidates = new ArrayList<>();
        int admitted = 0;
        for (Path path : route.ranked()) {
            if (admitted == group.paths()) {
                break;
            }
            Candidate candidate = candidate(peerId, prefix, path, group, entryOf(path, told, prefix, insight.cursor()));
            admitted += candidate.verdict() == EgressVerdict.ADMITTED ? 1 : 0;
            candidates.add(candidate);
        }
        return candidates;
    }

    private static Candidate candidate(int peerId, Prefix prefix, Path path, GroupInsight group,
            @Nullable LogEntry entry) {
        EgressVerdict verdict = group.verdict(path);
        boolean tooLong = verdict == EgressVerdict.ADMITTED && !group.fits(path, prefix.length());
        return new Candidate(path, path.source().peerId() == peerId, verdict, tooLong, entry);
    }

    @SuppressWarnings("ReferenceEquality") // interned attributes are told apart by identity
    private static @Nullable LogEntry entryOf(Path path, List<ToldPath> told, Prefix prefix, LogCursor cursor) {
        for (ToldPath one : told) {
            if (one.path().source().peerId() == path.source().peerId() && one.path().pathId() == path.pathId()
                    && one.path().attributes() == path.attributes()) {
                LogEntry entry = cursor.entryOf(prefix.high(), prefix.low(), prefix.length(), one.id());
                return entry != null && entry.announced() ? entry : null;
            }
        }
        return null;
    }

    /** What there is to say of several paths together: the one that has come furthest. */
    private static Standing standing(List<Candidate> candidates, boolean pending) {
        List<Standing> standings = candidates.stream().map(candidate -> candidate.standing(pending)).toList();
        for (Standing furthest : List.of(Standing.SENT, Standing.ON_ITS_WAY, Standing.TOO_LONG)) {
            if (standings.contains(furthest)) {
                return furthest;
            }
        }
        return standings.getFirst();
    }
}
