/** What a reflector costs before it has anything to do: how soon it is there, what it occupies, how large it is. */
@NullMarked
package io.tapetum.load.start;

import org.jspecify.annotations.NullMarked;
