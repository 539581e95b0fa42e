/**
 * The session state machine (RFC 4271 §8) of one peer as a pure function of events and time: no socket, thread, clock
 * or log. A driver reports what happened and carries out the {@linkplain io.tapetum.core.fsm.Action actions} that come
 * back.
 *
 * <p>Vocabulary: a <em>connection</em> is one TCP connection, or the attempt at one, and is named by an id that is never
 * used again; an <em>attempt</em> is an outgoing connection that TCP has not finished opening; the <em>session</em> is
 * the connection that is Established, of which there is at most one. The <em>back-off</em> is the growing wait before
 * the next attempt; the <em>idle hold</em> is the same wait after a protocol error, in which the peer's own connections
 * are refused too (DampPeerOscillations, RFC 4271 §8.1).
 *
 * <p>RFC 4271 runs one machine per connection. Here one object holds all of a peer's connections, because every hard
 * question is about two of them: collisions (RFC 4271 §6.8, RFC 6286 §2.3) and a peer that came back before its old
 * session was known to be dead (RFC 4724 §5).
 *
 * <p>Where this differs from the letter of the RFCs, and why:
 * <ul>
 * <li>Collision: the OPEN that reveals the peer's identifier also settles the fate of a connection that is still in
 * OpenSent. If that one would survive, the connection the OPEN came on is kept but not confirmed until the other one
 * has got its OPEN or is gone. RFC 4271 confirms at once, and both ends can then close a different connection.
 * <li>An attempt is given up when the peer's own connection has reached OpenConfirm; its late success could only cause
 * a collision.
 * <li>RFC 4724 §5 drops the old session as soon as the restarted peer's TCP connection is there. Here the old one is
 * dropped when the new one has exchanged OPEN and KEEPALIVE: an attempt of the peer that was overtaken by the session,
 * or a stranger behind the same address, does not end a session that works.
 * <li>The hold timer is restarted by any octets of the peer, not by whole messages: a large UPDATE on a slow path is a
 * sign of life.
 * <li>A second connection of the peer replaces its first one as long as that is not Established: a speaker opens one at
 * a time, so it has given up the first.
 * </ul>
 */
@NullMarked
package io.tapetum.core.fsm;

import org.jspecify.annotations.NullMarked;
