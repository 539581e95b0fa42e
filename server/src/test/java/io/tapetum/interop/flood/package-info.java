/** Floods of connections that no reflector wants, and peers that do not notice them. */
@NullMarked
package io.tapetum.interop.flood;

import org.jspecify.annotations.NullMarked;
