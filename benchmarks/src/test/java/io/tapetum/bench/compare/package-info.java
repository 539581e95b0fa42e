/** What a comparison of two results says of each way in which they can differ. */
@NullMarked
package io.tapetum.bench.compare;

import org.jspecify.annotations.NullMarked;
