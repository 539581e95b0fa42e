package io.tapetum.interop.flood;

import java.time.Duration;
import java.util.List;

/** How long routes took. */
record Latency(Duration median, Duration p99, Duration longest) {

    static Latency of(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return new Latency(sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100), sorted.getLast());
    }

    @Override
    public String toString() {
        return "median %.1f ms, p99 %.1f ms, longest %.1f ms".formatted(median.toNanos() / 1e6, p99.toNanos() / 1e6,
                longest.toNanos() / 1e6);
    }
}
