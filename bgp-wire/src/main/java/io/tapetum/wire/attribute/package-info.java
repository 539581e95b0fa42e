/** Path attributes: the immutable set a route carries, and how it is rewritten for another peer. */
@NullMarked
package io.tapetum.wire.attribute;

import org.jspecify.annotations.NullMarked;
