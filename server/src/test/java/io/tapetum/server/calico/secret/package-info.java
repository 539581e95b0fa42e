/** Tests of the keys in Secrets. */
@NullMarked
package io.tapetum.server.calico.secret;

import org.jspecify.annotations.NullMarked;
