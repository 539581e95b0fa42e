/**
 * The messages of RFC 4271 §4 other than UPDATE, as immutable values, and their codec.
 *
 * <p>The decoder rejects what no peer may send (RFC 4271 §6.1 and §6.2, RFC 5492, RFC 6286, RFC 7313, RFC 7607,
 * RFC 9072); whether a message suits the peer's configuration or the session's state is for others to say. Two
 * decisions go beyond the letter of the RFCs: a capability of a wrong length is passed over, the four-octet AS one
 * excepted; and an OPEN whose two AS numbers disagree is a bad peer AS.
 */
@NullMarked
package io.tapetum.wire.message;

import org.jspecify.annotations.NullMarked;
