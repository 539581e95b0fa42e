/** Prefixes as RFC 4271 §4.3 encodes them, read and written without allocation. */
@NullMarked
package io.tapetum.wire.nlri;

import org.jspecify.annotations.NullMarked;
