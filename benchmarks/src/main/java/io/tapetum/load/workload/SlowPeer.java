package io.tapetum.load.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.tapetum.load.client.Fleet;
import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.measure.Latencies;
import io.tapetum.load.report.Figure;
import io.tapetum.load.report.Sample;
import io.tapetum.load.route.RouteBook;

/**
 * All routes are announced again and again, in a new version each time; first while one more client reads as everybody
 * does, then while it does not read at all. Measured is what that does to the others and to the memory of the reflector.
 * In the end the client reads again, and must learn exactly what is true then.
 */
public record SlowPeer(Nodes nodes, Duration duration) implements Workload {

    /** Octets of the receive buffer of the slow one: full at once. */
    private static final int RECEIVE_BUFFER = 4096;

    public SlowPeer {
        Parameter.check("--seconds", duration.toSeconds(), 1, 3600);
    }

    @Override
    public int clients() {
        return nodes.nodes();
    }

    @Override
    public int guests() {
        return 1;
    }

    @Override
    public boolean needsMemory() {
        return true;
    }

    @Override
    public RouteBook book() {
        return nodes.book();
    }

    @Override
    public void run(Scene scene, List<Sample> samples) throws LoadFailedException, InterruptedException {
        scene.connect();
        scene.progress().accept("announcing");
        scene.fleet().announce();
        Fleet.Guest slow = scene.fleet().invite(RECEIVE_BUFFER);
        slow.awaitTable();
        scene.fleet().settle(scene.settle());
        scene.progress().accept("announcing again and again");
        samples.add(measure(scene, "all read", () -> List.of()));
        slow.catchUp();
        scene.progress().accept("announcing again and again to one that does not read");
        slow.stopReading();
        samples.add(measure(scene, "one does not", () -> {
            scene.progress().accept("it reads again");
            return List.of(Figure.compared("catch-up ms", Scene.millis(slow.catchUp()), 1));
        }));
        scene.fleet().settle(scene.settle());
    }

    private Sample measure(Scene scene, String label, CatchUp catchUp)
            throws LoadFailedException, InterruptedException {
        Latencies latencies = new Latencies();
        AtomicInteger rounds = new AtomicInteger();
        return scene.measure(label, () -> {
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < duration.toNanos()) {
                scene.fleet().renew();
                scene.fleet().announce(latencies);
                rounds.incrementAndGet();
            }
            return System.nanoTime() - begun;
        }, (seconds, _) -> {
            List<Figure> figures = new ArrayList<>(
                    List.of(Figure.compared("p50 ms", Scene.millis(latencies.quantileNanos(0.5)), 2),
                            Figure.compared("p99 ms", Scene.millis(latencies.quantileNanos(0.99)), 2),
                            Figure.plain("max ms", Scene.millis(latencies.maxNanos()), 2),
                            Figure.plain("rounds/s", rounds.get() / seconds, 1)));
            figures.addAll(catchUp.figures());
            return figures;
        });
    }

    /** What is done after a stretch. */
    @FunctionalInterface
    private interface CatchUp {
        List<Figure> figures() throws LoadFailedException;
    }

    @Override
    public String toString() {
        return "slow-peer " + nodes + " --seconds " + duration.toSeconds();
    }
}
