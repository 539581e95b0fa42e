/** Peers from the flat keys. */
@NullMarked
package io.tapetum.server.calico.legacy;

import org.jspecify.annotations.NullMarked;
