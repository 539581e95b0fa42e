/**
 * The Adj-RIB-Out (RFC 4271 §3.2) of an update group, kept as one log of encoded UPDATE messages that all sessions of
 * the group read.
 *
 * <p>Vocabulary:
 * <ul>
 * <li>An <em>entry</em> is one prefix in one message of the log: an announcement or a withdrawal. The last entry of a
 * prefix is <em>live</em>, all before it are <em>dead</em>; a message without live entries is dead as a whole, and is
 * never read again.
 * <li>A log may have several <em>paths</em> of a prefix, each with a <em>path identifier</em> (RFC 7911). What is said of
 * a prefix everywhere else is said of the two together there.
 * <li>A <em>tombstone</em> is a live withdrawal. It stays until nobody can need it.
 * <li>A <em>shadow</em> of a prefix is a dead entry of it that stands in a message which is not dead as a whole: readers
 * still get it, and depend on the live entry behind it.
 * <li>A <em>segment</em> is a run of messages in one buffer. The last one, the <em>tail</em>, is appended to; the others
 * are <em>sealed</em>, and replaced by shorter ones as their entries die.
 * <li>A <em>cursor</em> is how far one session has read. It has <em>passed</em> what stands before it.
 * <li>The <em>source</em> of a message is the peer that its routes were learned from; it must not get them back.
 * </ul>
 */
@NullMarked
package io.tapetum.rib.log;

import org.jspecify.annotations.NullMarked;
