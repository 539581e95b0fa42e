/** What operators are told of a reflector. */
@NullMarked
package io.tapetum.server.reflector;

import org.jspecify.annotations.NullMarked;
