package io.tapetum.load.workload;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.tapetum.load.client.Fleet;
import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.client.Received;
import io.tapetum.load.measure.Meter;
import io.tapetum.load.report.Figure;
import io.tapetum.load.report.Sample;

/**
 * What a workload works with.
 *
 * @param settle how long everything has to be quiet and right before and after what is measured
 * @param progress is told what happens, in a few words
 */
public record Scene(Fleet fleet, Meter meter, Duration settle, Consumer<String> progress) {

    private static final double NANOS = 1e9;

    /** Something that takes a time, in nanoseconds. */
    @FunctionalInterface
    interface Stretch {
        long run() throws LoadFailedException, InterruptedException;
    }

    /** Makes figures of how long something took and what came in meanwhile. */
    @FunctionalInterface
    interface Figures {
        List<Figure> of(double seconds, Received received) throws LoadFailedException, InterruptedException;
    }

    /** Connects everybody and waits until the reflector has settled. */
    void connect() throws LoadFailedException, InterruptedException {
        progress.accept("connecting");
        fleet.connect();
        Thread.sleep(settle);
    }

    /** Measures a stretch; afterwards everything must stay right for a while. */
    Sample measure(String label, Stretch stretch, Figures figures) throws LoadFailedException, InterruptedException {
        Received before = fleet.received();
        meter.start(fleet::busyNanos);
        long nanos = stretch.run();
        var usage = meter.stop(fleet::busyNanos);
        Received received = fleet.received().since(before);
        fleet.settle(settle);
        return Sample.of(label, figures.of(nanos / NANOS, received), usage, received);
    }

    /** Wall time and routes per second. */
    static List<Figure> convergence(double seconds, Received received) {
        return List.of(Figure.compared("wall s", seconds, 3),
                Figure.plain("Mroutes/s", received.routes() / seconds / 1e6, 2));
    }

    /** Milliseconds. */
    static double millis(long nanos) {
        return nanos / 1e6;
    }
}
