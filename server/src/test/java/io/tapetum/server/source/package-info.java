/** Tests of what all peer sources have in common. */
@NullMarked
package io.tapetum.server.source;

import org.jspecify.annotations.NullMarked;
