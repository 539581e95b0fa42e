/**
 * Two results of the benchmarks side by side, for {@code benchmarks/compare}.
 *
 * <p>Vocabulary: a <em>measurement</em> is a benchmark with one set of parameters; a <em>result</em> is a file of them,
 * in JMH's JSON; the <em>baseline</em> is the result that is kept. A measurement's <em>ratio</em> is its time now over its
 * time before, and the <em>pace</em> of two results is the median of all ratios: how much slower one machine, or one hour,
 * is than the other.
 */
@NullMarked
package io.tapetum.bench.compare;

import org.jspecify.annotations.NullMarked;
