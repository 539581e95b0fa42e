/**
 * A network of one's own to try daemons in.
 *
 * <p>A <em>lab</em> is a switch with <em>hosts</em> on it: each host is a network namespace with one interface, an
 * address in 10.77.0.0/24 and one in fd77::/64. The switch is a bridge in a further namespace, so that nothing of it
 * touches the interfaces or the routes of the machine. A <em>daemon</em> is a process on a host. A <em>capture</em>
 * is what went over a host's interface, as tshark understood it.
 */
@NullMarked
package io.tapetum.interop.lab;

import org.jspecify.annotations.NullMarked;
