/**
 * The reflector among Calico nodes.
 *
 * <p>A <em>node</em> is a host with one {@code bird} and one {@code bird6}, configured as calico-node configures them: a
 * session per family, IPAM blocks and service ranges to announce, learned routes in the host's own kernel. What exactly a
 * node is told depends on the <em>version band</em> of its Calico. Nodes are asked through their control sockets, often
 * enough to notice a route that is missing for a moment: that is a <em>loss watch</em>.
 *
 * <p>The suites are classes named {@code Calico...IT}. One of them, once {@code ./verify} has fetched the daemons:
 *
 * <pre>{@code
 * mvn -B verify -pl server -am -Dtest=none -Dit.test=CalicoReflectionIT \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * }</pre>
 */
@NullMarked
package io.tapetum.interop.calico;

import org.jspecify.annotations.NullMarked;
