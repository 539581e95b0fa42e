/**
 * Messages as octets, written down a second time.
 *
 * <p>What the suites inject and what they compare is built and cut here, on purpose without the product's own codec: a
 * mistake made twice in the same code would go unseen. Only what the suites need is here, RFC 4271 with the
 * multiprotocol attributes of RFC 4760 for IPv6 unicast, four-octet AS numbers, and no path identifiers.
 */
@NullMarked
package io.tapetum.interop.wire;

import org.jspecify.annotations.NullMarked;
