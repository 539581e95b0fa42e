/**
 * Whole networks of reflectors and the speakers around them, in one thread, on a virtual clock, from a seed.
 *
 * <p>The reflectors are the product as it is shipped, without its sockets. A <em>speaker</em> is a router modelled after
 * BIRD: it announces routes of its own and remembers what it is told. The <em>network</em> between them delays, splits,
 * stalls and cuts. A <em>run</em> alternates bursts of random operations with moments of rest, at which everybody's
 * routes must be those that the <em>oracle</em> computes from what is announced.
 */
@NullMarked
package io.tapetum.core.simulation;

import org.jspecify.annotations.NullMarked;
