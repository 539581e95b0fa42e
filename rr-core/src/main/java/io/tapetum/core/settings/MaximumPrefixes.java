package io.tapetum.core.settings;

import java.time.Duration;

/**
 * How many paths of a family a peer may have accepted at a time.
 *
 * @param limit at least 1
 * @param warnPercent at which share of the limit operators are told, 1 to 100
 * @param action what happens beyond the limit
 * @param restartAfter for {@link Action#RESTART}: how long the session stays down
 */
public record MaximumPrefixes(int limit, int warnPercent, Action action, Duration restartAfter) {

    /** What happens beyond the limit. */
    public enum Action {
        /** Operators are told; nothing else. */
        WARN,
        /** Cease/Maximum Number of Prefixes Reached, and the session may come back after a while. */
        RESTART,
        /** Cease/Maximum Number of Prefixes Reached, and the session stays down until an operator clears it. */
        SHUTDOWN
    }
}
