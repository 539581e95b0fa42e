/** From octets to UPDATEs: framing and parsing. */
@NullMarked
package io.tapetum.bench.wire;

import org.jspecify.annotations.NullMarked;
