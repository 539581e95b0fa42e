/** The capabilities an OPEN carries (RFC 5492), as immutable values, and their codec. */
@NullMarked
package io.tapetum.wire.capability;

import org.jspecify.annotations.NullMarked;
