package io.tapetum.server.cli.view;

import java.time.Duration;

import io.tapetum.core.delay.LatencySnapshot;

/** What a histogram says about a part of what fell into it: no more than between which bounds it was. */
final class Quantiles {

    private final LatencySnapshot histogram;

    Quantiles(LatencySnapshot histogram) {
        this.histogram = histogram;
    }

    /**
     * What that part of all took at most.
     *
     * @param part of all, more than 0 and 1 at most
     * @return the bound of a bucket: {@code <=1ms}, or {@code >10s} in the last one, which has none; a dash if there is
     *         nothing
     */
    String atMost(double part) {
        long count = histogram.count();
        if (count == 0) {
            return "-";
        }
        long rank = Math.max(1, (long) Math.ceil(part * count));
        long seen = 0;
        for (int bucket = 0; bucket < histogram.counts().size(); bucket++) {
            seen += histogram.counts().get(bucket);
            if (seen >= rank) {
                return bound(bucket);
            }
        }
        return bound(histogram.counts().size() - 1);
    }

    private String bound(int bucket) {
        long upper = histogram.upperNanos().get(bucket);
        if (upper != Long.MAX_VALUE) {
            return "<=" + Words.delay(Duration.ofNanos(upper));
        }
        return bucket == 0 ? "any" : ">" + Words.delay(Duration.ofNanos(histogram.upperNanos().get(bucket - 1)));
    }

    /** Of all of them; a dash if there is nothing. */
    String mean() {
        long count = histogram.count();
        return count == 0 ? "-" : Words.delay(Duration.ofNanos(histogram.sumNanos() / count));
    }
}
