/**
 * Where peers come from, other than the configuration file. A <em>peer source</em> publishes which peers there ought to
 * be, whole sets of them; the reflector compares each set with the peers that run and touches only what changed.
 */
@NullMarked
package io.tapetum.server.source;

import org.jspecify.annotations.NullMarked;
