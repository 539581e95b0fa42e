/** The messages of RFC 4271 §4 other than UPDATE, as immutable values, and their codec. */
@NullMarked
package io.tapetum.wire.message;

import org.jspecify.annotations.NullMarked;
