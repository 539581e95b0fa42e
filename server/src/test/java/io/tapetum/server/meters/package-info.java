/** Tests of what is counted. */
@NullMarked
package io.tapetum.server.meters;

import org.jspecify.annotations.NullMarked;
