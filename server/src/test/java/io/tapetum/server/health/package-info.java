/** Tests of when a reflector lives and is ready. */
@NullMarked
package io.tapetum.server.health;

import org.jspecify.annotations.NullMarked;
