/** What it costs to measure. */
@NullMarked
package io.tapetum.bench.delay;

import org.jspecify.annotations.NullMarked;
