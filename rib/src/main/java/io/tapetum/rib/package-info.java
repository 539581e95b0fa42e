/**
 * The routing tables: what every peer announced (Adj-RIB-In), which path of each prefix is best, and the identity of
 * the peers the paths came from. No sockets, no clocks, no configuration.
 */
@NullMarked
package io.tapetum.rib;

import org.jspecify.annotations.NullMarked;
