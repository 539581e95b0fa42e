/** Tests of how many connections there may be. */
@NullMarked
package io.tapetum.server.admission;

import org.jspecify.annotations.NullMarked;
