/** From best paths to octets that wait to be sent: appending to an outbound log, and reading it. */
@NullMarked
package io.tapetum.bench.log;

import org.jspecify.annotations.NullMarked;
