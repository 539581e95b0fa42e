package io.tapetum.core.delay;

import java.util.Collection;
import java.util.function.Function;

/** How long the stages of a change take on one event loop: recorded on that loop, see {@link Delays}; looked at by any thread. */
public final class LoopDelays {

    private final LatencyHistogram decision = new LatencyHistogram();
    private final LatencyHistogram flush = new LatencyHistogram();
    private final LatencyHistogram loop = new LatencyHistogram();
    private final LatencyHistogram toEach = new LatencyHistogram();
    private final LatencyHistogram toLast = new LatencyHistogram();

    public LatencyHistogram decision() {
        return decision;
    }

    public LatencyHistogram flush() {
        return flush;
    }

    public LatencyHistogram loop() {
        return loop;
    }

    public LatencyHistogram toEach() {
        return toEach;
    }

    public LatencyHistogram toLast() {
        return toLast;
    }

    /** Those of several loops as one. */
    public static Delays together(Collection<LoopDelays> loops) {
        return new Delays(sum(loops, LoopDelays::decision), sum(loops, LoopDelays::flush),
                sum(loops, LoopDelays::loop), sum(loops, LoopDelays::toEach), sum(loops, LoopDelays::toLast));
    }

    private static LatencySnapshot sum(Collection<LoopDelays> loops, Function<LoopDelays, LatencyHistogram> stage) {
        return LatencyHistogram.together(loops.stream().map(stage).toList());
    }
}
