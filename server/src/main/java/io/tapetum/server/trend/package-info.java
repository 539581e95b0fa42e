/**
 * The last hour in a few numbers, for whoever has no Prometheus at hand.
 *
 * <p>
 * A <i>sample</i> is what happened between two looks at the reflector, {@link io.tapetum.server.trend.TrendRecorder#INTERVAL}
 * apart. Histograms and counters only grow, so each sample is the difference of two moments.
 */
@NullMarked
package io.tapetum.server.trend;

import org.jspecify.annotations.NullMarked;
