/**
 * The load generator: many BGP clients in one process that load a route reflector over loopback, check every route that it
 * passes on, and measure it, side by side with others if asked to.
 */
@NullMarked
package io.tapetum.load;

import org.jspecify.annotations.NullMarked;
