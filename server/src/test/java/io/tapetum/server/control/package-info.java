/** The control sockets, against what BIRD 1.6.8 was seen to answer. */
@NullMarked
package io.tapetum.server.control;

import org.jspecify.annotations.NullMarked;
