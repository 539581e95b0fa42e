package io.tapetum.server.control;

import java.time.Duration;

/**
 * What the clients of one socket may use up.
 *
 * @param clients how many there may be at a time; others are hung up on
 * @param idle how long one may take from one command to the next, with reading the reply
 * @param lineOctets how long a command may be, its end included
 */
record ClientLimits(int clients, Duration idle, int lineOctets) {

    /** Enough for people, exporters and scripts, and for nobody to do harm. The line's length is BIRD's. */
    static final ClientLimits DEFAULT = new ClientLimits(16, Duration.ofMinutes(5), 4096);
}
