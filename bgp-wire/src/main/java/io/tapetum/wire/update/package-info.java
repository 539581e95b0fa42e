/**
 * UPDATE messages: parsed into views with RFC 7606 error handling, and written.
 *
 * <p>Vocabulary: <em>withdrawn</em> and <em>announced</em> are the prefixes in the message's own fields, IPv4 unicast
 * (RFC 4271 §4.3), called <em>classic</em> where it matters; <em>unreachable</em> and <em>reachable</em> are those in
 * MP_UNREACH_NLRI and MP_REACH_NLRI (RFC 4760). One UPDATE may have all four.
 *
 * <p>What an error leads to, the strongest winning:
 *
 * <ul>
 * <li><em>Session reset</em>, a {@code BgpErrorException}: lengths of the message's fields that exceed it (3/1);
 * malformed prefixes in the message's own fields (3/10); MP_REACH_NLRI or MP_UNREACH_NLRI twice (3/1), with wrong flags
 * (3/4), too short or longer than the attributes (3/5), or with a malformed value where the next point does not apply
 * (3/9); an unrecognised well-known attribute (3/2); anything treat-as-withdraw in an UPDATE that has attributes but no
 * reachable NLRI (RFC 7606 §5.2), with the code that RFC 4271 has for it.
 * <li><em>AFI/SAFI disable</em>: the prefixes of an MP attribute, or the length of the next hop before them, are
 * malformed, the attribute itself is whole, and the session has another family that is worth keeping (RFC 7606 §5.3,
 * §7.11). The rest of the UPDATE counts.
 * <li><em>Treat-as-withdraw</em>: see {@link io.tapetum.wire.attribute}, and attributes that do not add up to their total
 * length (RFC 7606 §4), and next hops that no route can have. It concerns all announced and reachable prefixes of the
 * UPDATE, of whatever family.
 * <li><em>Attribute discard</em>.
 * </ul>
 *
 * <p>Routes of a family that was not negotiated are ignored, in MP attributes and in the message's own fields, and
 * reported once in a session; RFC 4760 leaves that open. NEXT_HOP without prefixes in the NLRI field is ignored whatever
 * it holds (RFC 4760 §3).
 */
@NullMarked
package io.tapetum.wire.update;

import org.jspecify.annotations.NullMarked;
