/**
 * The clients of the reflector under load. A <em>fleet</em> is all of them, on one event loop; every client has a session
 * of its own from an address of its own, and announces what the route book says.
 */
@NullMarked
package io.tapetum.load.client;

import org.jspecify.annotations.NullMarked;
