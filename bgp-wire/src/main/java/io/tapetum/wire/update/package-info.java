/** UPDATE messages: parsed into views with RFC 7606 error handling, and written. */
@NullMarked
package io.tapetum.wire.update;

import org.jspecify.annotations.NullMarked;
