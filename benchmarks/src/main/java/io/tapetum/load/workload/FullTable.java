package io.tapetum.load.workload;

import java.util.List;

import io.tapetum.load.client.LoadFailedException;
import io.tapetum.load.report.Sample;
import io.tapetum.load.route.RouteBook;
import io.tapetum.load.route.RouteBooks;

/** One client announces an internet-like table; measured is until all receivers know it. */
public record FullTable(int routes, int receivers) implements Workload {

    public FullTable {
        Parameter.check("--routes", routes, 1, 2_000_000);
        Parameter.check("--receivers", receivers, 1, Parameter.MAX_CLIENTS);
    }

    @Override
    public int clients() {
        return receivers + 1;
    }

    @Override
    public boolean needsMemory() {
        return false;
    }

    @Override
    public RouteBook book() {
        return RouteBooks.fullTable(routes);
    }

    @Override
    public void run(Scene scene, List<Sample> samples) throws LoadFailedException, InterruptedException {
        scene.connect();
        scene.progress().accept("announcing");
        samples.add(scene.measure("", scene.fleet()::announce, Scene::convergence));
    }

    @Override
    public String toString() {
        return "full-table --routes " + routes + " --receivers " + receivers;
    }
}
