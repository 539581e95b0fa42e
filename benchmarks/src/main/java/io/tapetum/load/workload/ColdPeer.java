package io.tapetum.load.workload;

import java.util.List;

import io.tapetum.load.client.Fleet;
import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.measure.Latencies;
import io.tapetum.load.report.Figure;
import io.tapetum.load.report.Sample;
import io.tapetum.load.route.RouteBook;

/**
 * After everybody knows everything, one more client connects; measured is from its attempt to connect until it knows
 * everything too.
 *
 * @param times how often, one after the other
 */
public record ColdPeer(Nodes nodes, int times) implements Workload {

    public ColdPeer {
        Parameter.check("--times", times, 1, 1000);
    }

    @Override
    public int clients() {
        return nodes.nodes();
    }

    @Override
    public int guests() {
        return times;
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
        scene.fleet().settle(scene.settle());
        scene.progress().accept("one more client, " + times + " times");
        Latencies tables = new Latencies();
        samples.add(scene.measure("", () -> {
            long begun = System.nanoTime();
            for (int i = 0; i < times; i++) {
                Fleet.Guest guest = scene.fleet().invite(0);
                tables.record(guest.awaitTable());
                guest.leave();
            }
            return System.nanoTime() - begun;
        }, (_, _) -> List.of(Figure.compared("p50 ms", Scene.millis(tables.quantileNanos(0.5)), 2),
                Figure.plain("max ms", Scene.millis(tables.maxNanos()), 2))));
    }

    @Override
    public String toString() {
        return "cold-peer " + nodes + " --times " + times;
    }
}
