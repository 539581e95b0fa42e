/** From whom to whom a route is passed and in which octets, without sessions. */
@NullMarked
package io.tapetum.core.reflection;

import org.jspecify.annotations.NullMarked;
