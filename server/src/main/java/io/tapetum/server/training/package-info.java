/**
 * A rehearsal of what a reflector does in its first seconds, from which the Java virtual machine makes a cache of classes
 * (JEP 514). Nothing of it is needed at run time.
 */
@NullMarked
package io.tapetum.server.training;

import org.jspecify.annotations.NullMarked;
