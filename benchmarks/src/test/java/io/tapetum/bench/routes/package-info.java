/** Whether the made-up routes are what they claim to be. */
@NullMarked
package io.tapetum.bench.routes;

import org.jspecify.annotations.NullMarked;
