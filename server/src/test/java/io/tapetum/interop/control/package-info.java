/** The control sockets, asked by BIRD's own client. */
@NullMarked
package io.tapetum.interop.control;

import org.jspecify.annotations.NullMarked;
