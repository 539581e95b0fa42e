/**
 * The control sockets: what BIRD 1.6 answers on its own, as far as it is about reading, so that {@code birdc}, exporters
 * and scripts that know a calico-node see our sessions the same way.
 *
 * <p>A <em>protocol</em> is BIRD's word for a session. A client sends <em>commands</em>, a line each; a <em>reply</em> is
 * lines with a four-digit code, of which the last has a space behind the code.
 */
@NullMarked
package io.tapetum.server.control;

import org.jspecify.annotations.NullMarked;
