/**
 * BGP-4 on the wire: what every message, capability, attribute and prefix looks like, and what is wrong with one that
 * does not look like that. Nothing here knows a session, a routing table or a policy.
 *
 * <p>Vocabulary: a <em>frame</em> is one whole BGP message with its header; <em>NLRI</em> are the prefixes of an UPDATE;
 * the <em>attribute block</em> is what RFC 4271 §4.3 calls "Path Attributes". All integers are big-endian on the wire.
 * Unsigned 32-bit values (AS numbers, LOCAL_PREF, MED) travel as {@code long}; IPv4 addresses and identifiers as
 * {@code int} in network order.
 */
@NullMarked
package io.tapetum.wire;

import org.jspecify.annotations.NullMarked;
