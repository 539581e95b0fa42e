package io.tapetum.server.calico.kubernetes;

import java.time.Duration;

/**
 * How long things take at most.
 *
 * @param firstPause after the first failure; it doubles with every further one
 * @param longestPause between two tries
 * @param answer until a request is answered
 * @param watch how long the server keeps a watch open, in whole seconds; also how often an unused connection is noticed
 * @param overdue how much later than that the server may end it before the connection counts as dead
 * @param settle silence after which a new watch has told all that was missed
 * @param shortest a watch that ends earlier was none
 * @param discovery between two looks at which API groups there are
 * @param resumable an outage after which changes are no longer asked for, but everything: the server has forgotten older
 *            changes by then, and if it was restored from a backup, it would never come to the version that is known here
 */
record Timing(Duration firstPause, Duration longestPause, Duration answer, Duration watch, Duration overdue,
        Duration settle, Duration shortest, Duration discovery, Duration resumable) {

    static final Timing NORMAL = new Timing(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(15),
            Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofMillis(200), Duration.ofSeconds(1),
            Duration.ofSeconds(60), Duration.ofMinutes(5));
}
