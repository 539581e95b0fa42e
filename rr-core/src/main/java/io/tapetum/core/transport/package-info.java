/**
 * What the reflector asks of its surroundings: threads that run tasks in order, a clock, and TCP connections that
 * deliver whole BGP messages. The server answers with Netty, the simulation with a virtual clock and queues.
 */
@NullMarked
package io.tapetum.core.transport;

import org.jspecify.annotations.NullMarked;
