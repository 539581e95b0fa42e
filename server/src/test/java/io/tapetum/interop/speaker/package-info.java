/**
 * Real BGP daemons, each behind the same few verbs.
 *
 * <p>A <em>speaker</em> is a daemon on a host of the lab that announces routes of its own and has <em>neighbours</em>.
 * What it learned is read from its own command line, never from ours: a route is <em>seen</em> when the daemon says so.
 */
@NullMarked
package io.tapetum.interop.speaker;

import org.jspecify.annotations.NullMarked;
