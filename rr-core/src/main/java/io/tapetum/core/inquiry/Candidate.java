package io.tapetum.core.inquiry;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.reflection.EgressVerdict;
import io.tapetum.rib.Path;
import io.tapetum.rib.log.LogEntry;

/**
 * A path that a peer may be told of, and how far it has come: the best one, or where the peer is told of several each of
 * those.
 *
 * @param own whether the peer itself announced it
 * @param verdict of the rules of the peer's group
 * @param tooLong whether no message can hold it
 * @param entry what the group's log says of it, or {@code null} if that says nothing, or nothing of this path as it is now
 */
public record Candidate(Path path, boolean own, EgressVerdict verdict, boolean tooLong, @Nullable LogEntry entry) {

    /**
     * How it stands.
     *
     * @param pending whether the kernel has not taken everything that it was handed
     */
    public Standing standing(boolean pending) {
        if (own) {
            return Standing.OWN;
        }
        if (verdict != EgressVerdict.ADMITTED) {
            return Standing.WITHHELD;
        }
        if (tooLong) {
            return Standing.TOO_LONG;
        }
        return entry != null && entry.passed() && !pending ? Standing.SENT : Standing.ON_ITS_WAY;
    }
}
