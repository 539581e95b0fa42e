/**
 * Path attributes: the immutable set a route carries, and how it is rewritten for another peer.
 *
 * <p>Vocabulary: a <em>block</em> is a run of attributes as RFC 4271 §4.3 encodes them; the <em>canonical block</em> is
 * the one form that equal attributes have here, see {@link io.tapetum.wire.attribute.PathAttributes}. {@code
 * AttributeReader} makes canonical blocks of received ones, by RFC 7606; {@code AttributeEditor} makes blocks to send of
 * canonical ones.
 *
 * <p>Standards: RFC 4271 §4.3 and §5, RFC 1997, 4360 and 8092 (communities), RFC 4456 (reflection), RFC 6793 (four-octet
 * AS numbers), RFC 7606 (errors), RFC 7607 (AS 0), RFC 5065 (confederation segments are carried between internal peers,
 * and never made).
 *
 * <p>Choices where the standards leave room:
 *
 * <ul>
 * <li>The Partial bit of a well-known or a non-transitive attribute is cleared, not an error.
 * <li>Wrong Optional or Transitive bits are treat-as-withdraw for ATOMIC_AGGREGATE and AGGREGATOR too (RFC 7606 §3 c).
 * <li>An AS_SET is accepted and passed on.
 * <li>LOCAL_PREF is not mandatory from internal peers; a route without gets the default.
 * </ul>
 */
@NullMarked
package io.tapetum.wire.attribute;

import org.jspecify.annotations.NullMarked;
