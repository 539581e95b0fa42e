package io.tapetum.load.workload;

import java.time.Duration;
import java.util.List;

import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.report.Figure;
import io.tapetum.load.report.Sample;
import io.tapetum.load.route.RouteBook;

/**
 * Single routes change, again and again: their owners announce them with another MED. Measured is how long after a change
 * each receiver knows of it, and how long until the last one does.
 *
 * @param rate changes per second, or 0 to make the next change when the last one is known to all
 */
public record Churn(Nodes nodes, int rate, Duration duration) implements Workload {

    public Churn {
        Parameter.check("--rate", rate, 0, 1_000_000);
        Parameter.check("--seconds", duration.toSeconds(), 1, 3600);
    }

    @Override
    public int clients() {
        return nodes.nodes();
    }

    @Override
    public boolean needsMemory() {
        return false;
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
        scene.fleet().settle(scene.settle());
        scene.progress().accept("changing routes");
        ChangingRoutes changes = new ChangingRoutes(scene.fleet().routes(), rate, duration);
        samples.add(scene.measure("", () -> {
            scene.fleet().run(changes, changes);
            return changes.nanos();
        }, (seconds, _) -> List.of(Figure.compared("p50 ms", Scene.millis(changes.each().quantileNanos(0.5)), 2),
                Figure.compared("p99 ms", Scene.millis(changes.each().quantileNanos(0.99)), 2),
                Figure.plain("max ms", Scene.millis(changes.each().maxNanos()), 2),
                Figure.compared("last p50 ms", Scene.millis(changes.last().quantileNanos(0.5)), 2),
                Figure.compared("last p99 ms", Scene.millis(changes.last().quantileNanos(0.99)), 2),
                Figure.plain("changes/s", changes.last().count() / seconds, 0))));
    }

    @Override
    public String toString() {
        return "churn " + nodes + (rate == 0 ? "" : " --rate " + rate) + " --seconds " + duration.toSeconds();
    }
}
