/**
 * Sockets: listeners, connections and event loops of Netty, behind the interfaces of
 * {@link io.tapetum.core.transport}. Nothing here knows what a message means.
 */
@NullMarked
package io.tapetum.server.transport;

import org.jspecify.annotations.NullMarked;
