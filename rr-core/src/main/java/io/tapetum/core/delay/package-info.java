/** How long things take: measured where they happen, in histograms that cost the hot path a few nanoseconds. */
@NullMarked
package io.tapetum.core.delay;

import org.jspecify.annotations.NullMarked;
