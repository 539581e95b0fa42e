/**
 * The capabilities an OPEN carries (RFC 5492), as immutable values, and their codec.
 *
 * <p>A <em>capability</em> is one code with its value; a <em>tuple</em> is what a value says about one family. What the
 * repeated capabilities of an OPEN mean together is the affair of {@link io.tapetum.wire.capability.Capabilities}; what
 * two speakers' capabilities mean for their session is not decided here.
 */
@NullMarked
package io.tapetum.wire.capability;

import org.jspecify.annotations.NullMarked;
