@NullMarked
package io.tapetum.server.signing;

import org.jspecify.annotations.NullMarked;
