/**
 * Whether what a reflector passes on is right. A <em>view</em> is what one client has been told, with a bit for every
 * route that is set only while the last thing said about it is exactly what its owner said last, as RFC 4456 §8 wants it
 * reflected. A <em>tally</em> counts what is missing in some views; at zero they have <em>converged</em>.
 */
@NullMarked
package io.tapetum.load.verify;

import org.jspecify.annotations.NullMarked;
