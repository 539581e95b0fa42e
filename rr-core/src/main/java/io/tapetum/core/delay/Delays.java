package io.tapetum.core.delay;

/**
 * How long the stages of a change take.
 *
 * @param decision from the receipt of an UPDATE until what it changed is in every log; one for each UPDATE
 * @param flush from the append that woke an event loop until the loop has sent it to its sessions; one for each round
 * @param loop how late a task ran that an event loop was asked to run at a time
 * @param toEach from the receipt of a change until the kernel has taken it for one session that keeps up; one for each
 *            session and round
 * @param toLast the same until it has been taken for the last of the sessions that keep up; one for each change, or each
 *            batch of changes that travelled together
 */
public record Delays(LatencySnapshot decision, LatencySnapshot flush, LatencySnapshot loop, LatencySnapshot toEach,
        LatencySnapshot toLast) {}
