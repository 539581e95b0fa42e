/** Keeps the benchmarks working between the rare occasions when somebody runs them. */
@NullMarked
package io.tapetum.bench;

import org.jspecify.annotations.NullMarked;
