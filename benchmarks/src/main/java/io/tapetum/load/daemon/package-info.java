/** The reflectors that can be started and measured: how each is configured as one, found, started and stopped. */
@NullMarked
package io.tapetum.load.daemon;

import org.jspecify.annotations.NullMarked;
