/**
 * JMH benchmarks of the hot paths: what happens for every octet, UPDATE, prefix and flush. The packages below follow the
 * way of an UPDATE.
 *
 * <p>Vocabulary: a <em>table</em> is a made-up set of routes, the same at every run; an <em>operation</em> is what a
 * score counts, and each benchmark says what that is. What a benchmark does besides its operation is named there too.
 */
@NullMarked
package io.tapetum.bench;

import org.jspecify.annotations.NullMarked;
