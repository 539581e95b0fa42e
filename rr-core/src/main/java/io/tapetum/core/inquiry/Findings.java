package io.tapetum.core.inquiry;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.reflection.GroupKey;
import io.tapetum.core.session.ManyRefused;
import io.tapetum.core.session.PeerStatus;
import io.tapetum.core.session.RefusedAnnouncement;
import io.tapetum.rib.Path;
import io.tapetum.wire.nlri.Prefix;

/**
 * All that was found out about a prefix and a peer.
 *
 * @param peer as it was then
 * @param session how the session stands, or {@code null} if none exchanges the family
 * @param paths those that may be used, best first
 * @param candidates those of them that the peer may be told of: the best one, or several
 * @param refused announcements of the prefix that may not be used
 * @param manyRefused sessions whose refused announcements are too many to be remembered; the prefix may be among them
 */
public record Findings(Prefix prefix, Standing standing, PeerStatus peer, @Nullable SessionFindings session,
        List<Path> paths, List<Candidate> candidates, List<RefusedAnnouncement> refused,
        List<ManyRefused> manyRefused) {

    public Findings {
        paths = List.copyOf(paths);
        candidates = List.copyOf(candidates);
        refused = List.copyOf(refused);
        manyRefused = List.copyOf(manyRefused);
    }

    /**
     * How the session stands.
     *
     * @param group what the sessions of its group have in common
     * @param complete whether the group's log holds the whole table
     * @param endOfRibSent whether the peer has been told that it has the whole table
     * @param lagOctets about how many octets of the log it has not been handed yet
     * @param pending whether the kernel has not taken everything that it was handed
     * @param ignored whether what the peer says of the family is ignored, for it could not be read (RFC 7606 §2)
     * @param withdrawing whether the prefix has been withdrawn and the peer may not know it yet
     */
    public record SessionFindings(GroupKey group, boolean complete, boolean endOfRibSent, long lagOctets,
            boolean pending, boolean ignored, boolean withdrawing) {}
}
