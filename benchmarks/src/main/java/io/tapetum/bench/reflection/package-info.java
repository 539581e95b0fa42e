/** A whole reflector between the octets it receives and the octets it hands to its connections. */
@NullMarked
package io.tapetum.bench.reflection;

import org.jspecify.annotations.NullMarked;
