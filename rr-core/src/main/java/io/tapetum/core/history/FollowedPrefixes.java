package io.tapetum.core.history;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import io.tapetum.core.history.FollowedPrefix.History;
import io.tapetum.wire.nlri.Prefix;

/**
 * The prefixes that operators follow: a few, each for a while. Any thread may call.
 *
 * <p>Sessions ask {@link #active} once for each UPDATE; as long as nobody follows anything, that is all they do.
 */
public final class FollowedPrefixes {

    /** How many can be followed at a time. */
    public static final int MAX_PREFIXES = 16;

    /** For how long one is followed. */
    public static final Duration TIME = Duration.ofHours(1);

    private static final FollowedPrefix[] NONE = {};

    // Replaced as a whole under the monitor, never written to. Volatile: an event loop that sees the new array sees what is
    // in it, and one that sees the old array a moment longer misses only what happened in that moment.
    private volatile FollowedPrefix[] active = NONE;

    /** Those that are followed now. Callers do not write to it. */
    public FollowedPrefix[] active() {
        return active;
    }

    /**
     * Begins to follow a prefix, or follows it for longer.
     *
     * @return whether it is followed; else there are as many as there can be
     */
    public synchronized boolean follow(Prefix prefix, long nowNanos) {
        endOverdue(nowNanos);
        long until = nowNanos + TIME.toNanos();
        for (FollowedPrefix followed : active) {
            if (followed.prefix().equals(prefix)) {
                followed.followUntil(until);
                return true;
            }
        }
        if (active.length == MAX_PREFIXES) {
            return false;
        }
        FollowedPrefix[] more = Arrays.copyOf(active, active.length + 1);
        more[active.length] = new FollowedPrefix(prefix, nowNanos, until);
        active = more;
        return true;
    }

    /** Stops to follow those whose time is over, so that sessions have nothing to do with them any more. */
    public synchronized void endOverdue(long nowNanos) {
        FollowedPrefix[] left = Arrays.stream(active).filter(followed -> !followed.isOver(nowNanos))
                .toArray(FollowedPrefix[]::new);
        if (left.length < active.length) {
            active = left;
        }
    }

    /** What has happened to a prefix; empty if it is not followed. */
    public Optional<History> history(Prefix prefix, long nowNanos) {
        return Arrays.stream(active).filter(followed -> followed.prefix().equals(prefix) && !followed.isOver(nowNanos))
                .findFirst().map(FollowedPrefix::history);
    }
}
