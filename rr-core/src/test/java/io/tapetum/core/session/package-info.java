/** Peers and their sessions against remote ends played by hand, on connections in memory and a clock that stands still. */
@NullMarked
package io.tapetum.core.session;

import org.jspecify.annotations.NullMarked;
