package io.tapetum.server.trend;

import java.time.Duration;
import java.util.List;

/**
 * What happened lately.
 *
 * @param interval the usual length of a sample
 * @param samples oldest first
 */
public record Trend(Duration interval, List<TrendSample> samples) {

    public Trend {
        samples = List.copyOf(samples);
    }
}
